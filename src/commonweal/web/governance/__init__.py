"""The registers of a body: roles, groups, meetings, decisions, policies, strategies, people asked, training."""

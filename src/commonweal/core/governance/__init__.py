"""What a body keeps of how it governs: roles, groups, meetings, decisions, policies, strategies, people it asked."""

"""Answering: the task list of themes, a page a theme, the short form, checking the answers."""

"""Who works at a school: invitations, links to a new password, roles, leaving; passwords that are none."""

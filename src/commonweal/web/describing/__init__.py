"""What an organisation says of itself: settings, identifiers, departments, whom it follows."""

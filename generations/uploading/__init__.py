"""A picture from anybody becomes an upload of the team: received, cleaned, kept, remembered."""

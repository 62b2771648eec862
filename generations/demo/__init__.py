"""A studio to look at: a team with one person for each role, and requests that the sandbox answers in every way there is."""

"""The page that shows programmers what the API takes and gives: drawn here, from what the API says of itself."""

"""What there is to tell, subject by subject: rows in, news out."""

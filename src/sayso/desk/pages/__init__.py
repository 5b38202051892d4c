"""The pages: HTML of the same answers as the API's, one router a page."""

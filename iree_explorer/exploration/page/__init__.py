"""What the page shows, as JSON, as one offline file, and as a picture where no script runs."""

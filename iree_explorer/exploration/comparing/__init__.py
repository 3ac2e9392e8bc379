"""Two schedules side by side: what went elsewhere, and what each comes to in numbers."""

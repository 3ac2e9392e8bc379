"""Where everything in a picture goes: lanes that time runs down, and the free DAG."""

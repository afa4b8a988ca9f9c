"""按模板填数 on the page: templates come in, are filled in a bounded child process, and go back."""

"""What 纠纷办理 is made of: what is due, how long stages take, how cases end, and one case with its steps."""

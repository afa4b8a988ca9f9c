"""The part 工会体检 of 组建攻坚: lists of unions and enterprises to act on."""

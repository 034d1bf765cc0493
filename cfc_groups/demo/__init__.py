"""The demo alliance: Hangzhou's shape with invented people, so that a newcomer sees a living site at once."""

"""How staff sign in with an account of another organisation (OpenID Connect), where a school has set it up."""

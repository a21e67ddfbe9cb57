package models

// Administers says whether the actor may administer the instance. Who asks for
// something administrators see and is none finds it missing.
func (a Actor) Administers() bool { return a.SignedIn() && a.Admin }

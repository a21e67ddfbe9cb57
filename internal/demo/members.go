package demo

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// maxMembers is how many creators have joined, those with stories included: in a world of
// 2,000 one in five, and no more in a larger one.
const maxMembers = 400

// isMember says whether a creator without a story has joined: every fifth.
func isMember(number int) bool {
	const first, every = JoinedCreators + 3, 5
	return number >= first && number%every == first%every && number < first+every*(maxMembers-JoinedCreators)
}

// member is a creator who has joined.
type member struct {
	person
	actor    models.Actor
	publicID string
}

// addMembers has the other members join, who have no stories, and adds the readings of
// all since they joined.
func (m *worldMaker) addMembers(ctx context.Context, _ *World) error {
	m.clock.setTime(m.now)
	readings := map[string][]creators.AccountSnapshot{}
	for _, x := range m.members {
		readings[x.handle] = m.readingsOf(x.person, readDaysAgo...)
	}
	if err := m.app.Creators.AddReadings(ctx, platform.TikTok, readings); err != nil {
		return err
	}
	var people []person
	var forms []creators.NewMember
	for i := JoinedCreators; i < m.options.Creators; i++ {
		if isMember(i) {
			p := m.generator.makePerson(i, 0)
			people, forms = append(people, p), append(forms, m.newMember(p))
		}
	}
	if len(people) == 0 {
		return nil
	}
	profiles, err := m.app.Creators.AddMembers(ctx, forms)
	if err != nil {
		return err
	}
	for i, c := range profiles {
		m.members = append(m.members, member{people[i], models.Actor{PersonID: *c.PersonID, CreatorID: c.ID, Locale: forms[i].Locale}, c.PublicID})
	}
	return nil
}

func (m *worldMaker) newMember(p person) creators.NewMember {
	following := int64(100 + p.number%800)
	posts := p.allPosts
	return creators.NewMember{
		Profile: creators.PlatformProfile{
			Platform: p.platform, UserID: openID(p.number), Handle: p.handle, DisplayName: p.name, ReadAt: m.now,
			Followers: &p.followers, Following: &following, Likes: p.totalLikes(), Posts: &posts,
		},
		Email: p.handle + "@creators.example", Locale: localeOf(p), JoinedAt: m.now.AddDate(0, 0, -joinedDaysAgo),
		Thumbnails: p.showsThumbnails(), Form: profileFormOf(p), Audience: audienceFormOf(p), Readings: m.readingsOf(p, append([]int{joinedDaysAgo}, append(readDaysAgo, 0)...)...),
	}
}

// showsThumbnails says whether somebody allows thumbnails of their posts: most do.
func (p person) showsThumbnails() bool { return p.number%7 != 0 }

// totalLikes are the likes of all posts, where the platform tells them.
func (p person) totalLikes() *int64 {
	if p.platform != platform.TikTok {
		return nil
	}
	likes := p.likes
	return &likes
}

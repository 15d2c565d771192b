#pragma once

#include <deque>
#include <map>
#include <set>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::local_api {

inline constexpr std::size_t launches_max = 16;
inline constexpr std::size_t browsers_max = 64;
inline constexpr Instant launch_lasts = 10LL * 60 * 1'000'000;
inline constexpr Instant browser_rests_max = 12LL * 3600 * 1'000'000;

// One browser that was let in. Its cookie proves where it comes from, but browsers send it to every port of this machine: a request
// has the token as well, which our page alone knows.
struct Browser {
    std::string token;
    Instant used = 0;
    std::optional<AccountId> account;  // who acts in it
    std::set<AccountId> unlocked;      // by a passphrase that was typed in it
    bool office = false;               // let in over the network of an office
    std::string link = {};             // stands in the addresses of files: the browser asks for those without our page's help
};

// Who may ask. A launch secret comes from `hoso open` behind the # of an address, which no browser sends anywhere, and is good
// once.
class BrowserSessions {
public:
    std::string launch(Instant now);  // a fresh secret; of more than launches_max the oldest ends

    struct LetIn {
        std::string cookie;
        std::string token;
        std::string link;
    };
    // A browser that is in already, by its cookie, stays who it is. Errc::denied: unknown, used, or over its time; limit.
    Result<LetIn> let_in(std::string_view secret, Instant now, std::string_view cookie = {});
    Result<LetIn> add(Browser browser, Instant now);      // one that proved itself in another way; Errc::limit
    Browser* find(std::string_view cookie, Instant now);  // null: unknown, or it rested too long; notes the use
    std::optional<Browser> end(std::string_view cookie);
    bool anyone_unlocked(const AccountId& account) const;
    std::vector<Browser> take_rested(Instant now);  // those that end by resting

private:
    struct Launch {
        std::string secret;
        Instant made;
    };
    std::deque<Launch> launches_;
    std::map<std::string, Browser, std::less<>> browsers_;  // by the hash of the cookie: finding one takes no longer by its letters
};

bool same_secret(std::string_view one, std::string_view other);  // in constant time for one length

}  // namespace hoso::client::local_api

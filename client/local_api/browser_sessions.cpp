#include "client/local_api/browser_sessions.hpp"

#include <sodium.h>

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

std::string fresh() { return io::random_hash().hex(); }
std::string key_of(std::string_view cookie) { return sha256(as_bytes(cookie)).hex(); }

}  // namespace

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string BrowserSessions::launch(Instant now) {
    if (launches_.size() == launches_max) launches_.pop_front();
    launches_.push_back({fresh(), now});
    return launches_.back().secret;
}

Result<BrowserSessions::LetIn> BrowserSessions::let_in(std::string_view secret, Instant now, std::string_view cookie) {
    std::erase_if(launches_, [&](const Launch& each) { return each.made + launch_lasts < now; });
    const auto found =
        std::find_if(launches_.begin(), launches_.end(), [&](const Launch& each) { return same_secret(each.secret, secret); });
    if (found == launches_.end())
        return Error{Errc::denied, "This address was used already, or is too old: open the pages again with hoso open."};
    const Browser* here = find(cookie, now);
    auto in = here && !here->office ? Result<LetIn>{LetIn{std::string(cookie), here->token, here->link}} : add({}, now);
    if (in) launches_.erase(found);
    return in;
}

Result<BrowserSessions::LetIn> BrowserSessions::add(Browser browser, Instant now) {
    if (browsers_.size() == browsers_max)
        return Error{Errc::limit, "Too many browsers have these pages open: sign out in one of them first."};
    LetIn in{fresh(), fresh(), fresh()};
    browser.token = in.token;
    browser.link = in.link;
    browser.used = now;
    browsers_[key_of(in.cookie)] = std::move(browser);
    return in;
}

Browser* BrowserSessions::find(std::string_view cookie, Instant now) {
    const auto found = browsers_.find(key_of(cookie));
    if (found == browsers_.end() || found->second.used + browser_rests_max < now) return nullptr;
    found->second.used = std::max(found->second.used, now);
    return &found->second;
}

std::optional<Browser> BrowserSessions::end(std::string_view cookie) {
    const auto found = browsers_.find(key_of(cookie));
    if (found == browsers_.end()) return std::nullopt;
    Browser ended = std::move(found->second);
    browsers_.erase(found);
    return ended;
}

bool BrowserSessions::anyone_unlocked(const AccountId& account) const {
    return std::any_of(browsers_.begin(), browsers_.end(),
                       [&](const auto& each) { return each.second.unlocked.contains(account); });
}

std::vector<Browser> BrowserSessions::take_rested(Instant now) {
    std::vector<Browser> rested;
    for (auto each = browsers_.begin(); each != browsers_.end();) {
        const bool over = each->second.used + browser_rests_max < now;
        if (over) rested.push_back(std::move(each->second));
        each = over ? browsers_.erase(each) : std::next(each);
    }
    return rested;
}

}  // namespace hoso::client::local_api

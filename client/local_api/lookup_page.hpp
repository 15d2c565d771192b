#pragma once

#include "client/local_api/lookup_find.hpp"
#include "client/text/language.hpp"

// The pages of the public lookup as HTML: no script, one style, nothing from elsewhere.
namespace hoso::client::local_api {

// How far this desk's copy of the log goes, and whether the province may have said more since.
struct AsOf {
    Position position = 0;  // after the last event
    Date day{};             // on which the province received it
    Instant heard = 0;      // when everything was last received; 0: never
    bool connected = false;
    bool current = false;  // connected, or heard from within a day, and nothing is known to be missing
    std::string follows;   // the unit whose part of the log this desk follows; empty: the whole log
};

struct PageFrame {
    Language language = Language::vi;
    std::string province;         // whose log it is
    std::string path;             // of this page, as in an address
    bool asked_language = false;  // by ?lang=: links keep it
    bool training = false;
    AsOf as_of;
};

// What is said instead of an answer.
struct Notice {
    const char* title_vi;
    const char* title_en;
    const char* text_vi;
    const char* text_en;
};

std::string search_page(const PageFrame& frame);
std::string found_page(const PageFrame& frame, const LookedUp& answer);
// `asked`: the number, if any.
std::string notice_page(const PageFrame& frame, const Notice& notice, const std::string& asked = {});
// What to do where nothing was found.
Notice notice_of(Outcome outcome);
// The page's policy, with the hash of its style.
const std::string& page_policy();

}  // namespace hoso::client::local_api

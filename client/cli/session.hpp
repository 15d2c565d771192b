#pragma once

#include <istream>
#include <optional>
#include <set>

#include "client/cli/output.hpp"
#include "client/cli/parse.hpp"
#include "client/desk.hpp"
#include "client/guest.hpp"
#include "client/link.hpp"
#include "client/past_states.hpp"
#include "client/views/look.hpp"

namespace hoso::client::cli {

// Whose keys a command from a page may use: those that were unlocked in that browser.
struct MayAct {
    std::optional<AccountId> account;  // who acts unless somebody is named
    std::set<AccountId> unlocked;
};

// One command on an open desk: in the daemon, or in a process of its own.
struct Session {
    Desk& desk;
    Link& link;
    Output& out;
    std::istream& in;
    const Globals& globals;
    std::vector<AccountId> unlocked_here = {};  // by this command's passphrase file: locked again when it ends
    const MayAct* may_act = nullptr;            // null: whoever is unlocked in this process
    bool officer_missing = false;               // the command ended because nobody may act
    const PastStates::Look* past = nullptr;     // what is looked at instead of now
    Guest* pages = nullptr;                     // of the running desk

    // Good until the next record: what is confirmed with own pending actions on top.
    views::Look look() const {
        return past ? views::Look{*past->state} : views::Look{desk.confirmed().state(), desk.pending().state()};
    }
    const domain::Registry& registry() const { return past ? past->state->registry : desk.pending().state().registry; }
    Date today() const { return past ? past->day : local_date(desk.now()); }

    // The unit of that name on that day, today otherwise. Tells people so where the code names other units on other days.
    Result<UnitId> unit(std::string_view text) { return unit(text, today()); }
    Result<UnitId> unit(std::string_view text, Date on);

    // Who acts: --as, or this desk's first officer, or the only one that is unlocked. Errc::denied when the key is locked.
    Result<AccountId> actor();
    // The one who acts for a page. Errc::denied when nobody was unlocked in that browser; a dry run needs nobody unlocked.
    Result<AccountId> actor_of_page();
    Result<AccountId> unlock(const AccountId& account, const std::filesystem::path& passphrase_file, int hours);
    void lock_again();
};

struct Surroundings {
    Output& out;
    std::istream& in;
    const Globals& globals;
    run::Clock& clock;
    const MakeGuest& make_pages;
};

// For opening a desk: says how far its log is folded, where that takes a while.
Desk::Options telling(Output& out);

// The first line of the file, without its end. Errc::not_found, limit.
Result<std::string> read_passphrase(const std::filesystem::path& file);
Result<std::string> read_text(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace hoso::client::cli

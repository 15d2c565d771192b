#pragma once

#include <istream>

#include "client/cli/output.hpp"
#include "client/cli/parse.hpp"
#include "client/desk.hpp"
#include "client/link.hpp"
#include "client/views/look.hpp"

namespace hoso::client::cli {

// One command on an open desk: in the daemon, or in a process of its own.
struct Session {
    Desk& desk;
    Link& link;
    Output& out;
    std::istream& in;
    const Globals& globals;
    std::vector<AccountId> unlocked_here = {};  // by this command's passphrase file: locked again when it ends

    // Good until the next record: what is confirmed with own pending actions on top.
    views::Look look() const { return {desk.confirmed().state(), desk.pending().state()}; }
    const domain::Registry& registry() const { return desk.pending().state().registry; }
    Date today() const { return local_date(desk.now()); }

    // The unit of that name on that day, today otherwise. Tells people so where the code names other units on other days.
    Result<UnitId> unit(std::string_view text) { return unit(text, today()); }
    Result<UnitId> unit(std::string_view text, Date on);

    // Who acts: --as, or this desk's first officer, or the only one that is unlocked. Errc::denied when the key is locked.
    Result<AccountId> actor();
    Result<AccountId> unlock(const AccountId& account, const std::filesystem::path& passphrase_file, int hours);
    void lock_again();
};

struct Surroundings {
    Output& out;
    std::istream& in;
    const Globals& globals;
    run::Clock& clock;
};

// For opening a desk: says how far its log is folded, where that takes a while.
Desk::Options telling(Output& out);

// The first line of the file, without its end. Errc::not_found, limit.
Result<std::string> read_passphrase(const std::filesystem::path& file);
Result<std::string> read_text(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace hoso::client::cli

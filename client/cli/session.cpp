#include "client/cli/session.hpp"

#include "client/cli/names.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t passphrase_bytes_max = 4096;
constexpr int session_hours = 12;
constexpr Position fold_step = 50'000;  // events between two lines

}  // namespace

Desk::Options telling(Output& out) {
    Desk::Options options;
    options.on_fold = [&out, told = Position{0}](Position done, Position size) mutable {
        if (done < told + fold_step) return;
        told = done;
        const std::string all = size > 0 ? "/" + std::to_string(size) : std::string{};
        out.progress(out.pick("mở sổ ghi: ", "opening the log: ") + std::to_string(done) + all);
    };
    return options;
}

Result<std::string> read_text(const std::filesystem::path& file, std::size_t bytes_max) {
    auto bytes = io::read_file(file, bytes_max);
    if (!bytes) return bytes.error();
    return std::string(as_text(*bytes));
}

Result<std::string> read_passphrase(const std::filesystem::path& file) {
    if (file.empty()) return Error{Errc::invalid, "A passphrase is needed: name a file that holds it with --passphrase-file FILE"};
    auto text = read_text(file, passphrase_bytes_max);
    if (!text) return text.error();
    return text->substr(0, text->find_first_of("\r\n"));
}

Result<AccountId> Session::unlock(const AccountId& account, const std::filesystem::path& passphrase_file, int hours) {
    const auto passphrase = read_passphrase(passphrase_file);
    if (!passphrase) return passphrase.error();
    const bool before = desk.unlocked(account);
    if (const auto done = desk.unlock(account, *passphrase, hours); !done) return done.error();
    if (!before) unlocked_here.push_back(account);
    return account;
}

Result<UnitId> Session::unit(std::string_view text, Date on) {
    const auto found = find_unit(registry(), text, on);
    if (!found) return found;
    const domain::Unit& named = *registry().unit(*found);
    if (named.code != text) return found;  // its path or its id says enough
    std::string others;
    for (const domain::Unit* other : of_same_code(registry(), named)) {
        if (!others.empty()) others += "; ";
        if (other->valid_from > on) others += out.pick("từ ", "from ") + to_text(other->valid_from) + " ";
        if (other->valid_to != Date{} && other->valid_to < on) others += out.pick("đến ", "to ") + to_text(other->valid_to) + " ";
        others += other->name;
    }
    if (!others.empty()) {
        out.progress(named.code + out.pick(" ngày ", " on ") + to_text(on) + out.pick(" là ", " is ") + named.name + " (" + others +
                     ")");
    }
    return found;
}

Result<AccountId> Session::actor_of_page() {
    const AccountId account = may_act->account.value_or(desk.identity().account);
    if (globals.dry_run || (may_act->account && may_act->unlocked.contains(account) && desk.unlocked(account))) return account;
    officer_missing = true;
    return Error{Errc::denied, "The officer's key is locked: choose the officer and give the passphrase first."};
}

Result<AccountId> Session::actor() {
    if (may_act) return actor_of_page();
    AccountId account = desk.identity().account;
    if (!globals.as.empty()) {
        const auto named = find_account(registry(), globals.as);
        if (!named) return named.error();
        account = *named;
    } else if (globals.passphrase_file.empty() && !desk.unlocked(account)) {
        std::vector<AccountId> open;
        for (const AccountId& officer : desk.officers()) {
            if (desk.unlocked(officer)) open.push_back(officer);
        }
        if (open.size() == 1) account = open.front();
    }
    if (!globals.passphrase_file.empty()) return unlock(account, globals.passphrase_file, session_hours);
    if (!desk.unlocked(account)) {
        return Error{Errc::denied,
                     "The officer's key is locked. Unlock it in the running desk (hoso unlock), or name --passphrase-file FILE "
                     "with the command."};
    }
    return account;
}

void Session::lock_again() {
    for (const AccountId& account : unlocked_here) desk.lock(account);
    unlocked_here.clear();
}

}  // namespace hoso::client::cli

#include "client/cli/commands.hpp"
#include "client/cli/founding_commands.hpp"
#include "client/cli/outbox_commands.hpp"
#include "client/cli/record_command.hpp"
#include "client/text/errors.hpp"
#include "client/views/parts.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::client::cli {
namespace {

constexpr int sync_seconds = 60;
constexpr int session_hours = 12;
constexpr std::uint64_t wait_seconds_max = 24 * 3600;
constexpr std::uint64_t unlock_hours_max = 24 * 366;

const char* link_name(LinkState state) {
    switch (state) {
        case LinkState::offline: return "offline";
        case LinkState::connecting: return "connecting";
        case LinkState::live: return "live";
        case LinkState::waiting: return "waiting";
        case LinkState::halted: return "halted";
    }
    return "?";
}

Result<int> status(Session& session, const Arguments&) {
    const SyncFacts facts = facts_of(session);
    const Identity& self = session.desk.identity();
    json::object out{{"text", sentence(session.out.language(), facts)},
                     {"status", name(sync_state(facts))},
                     {"waiting", facts.waiting},
                     {"sent", facts.sent},
                     {"files_waiting", facts.files},
                     {"left_bytes", facts.file_bytes},
                     {"files_lost", facts.files_lost},
                     {"files_said", json::object{{"full", facts.files_full},
                                                 {"not_cited", facts.files_refused},
                                                 {"quota", facts.files_quota},
                                                 {"later", facts.files_later}}},
                     {"own", session.desk.outbox().size()},
                     {"refused", facts.refused},
                     {"held", facts.held},
                     {"size", session.desk.confirmed().size()},
                     {"through", session.desk.through()},
                     {"whole", session.desk.whole()},
                     {"link", link_name(session.link.state())},
                     {"last_exchange", facts.last_exchange == 0 ? json::value(nullptr) : views::instant(facts.last_exchange)},
                     {"path", views::unit_path(session.registry(), self.unit)},
                     {"device", self.device.hex()},
                     {"province", self.province.address},
                     {"log", self.province.log.hex()}};
    if (const std::string error = session.link.last_error(); !error.empty()) {
        const auto said = session.out.language() == Language::vi ? error_in_vietnamese(error) : std::nullopt;
        out["last_error"] = said.value_or(error);
    }
    if (!facts.files_trouble.empty()) out["files_trouble"] = facts.files_trouble;
    if (session.desk.halted()) out["halted"] = session.desk.halted()->detail;
    session.out.object(std::move(out));
    if (facts.refused + facts.held > 0) session.out.say(session.out.pick("Xem: hoso outbox list", "Look: hoso outbox list"));
    return 0;
}

Result<int> whoami(Session& session, const Arguments&) {
    const Identity& self = session.desk.identity();
    json::array officers;
    for (const AccountId& account : session.desk.officers()) {
        officers.push_back(json::object{{"account", account.hex()},
                                        {"title", views::account_title(session.registry(), account)},
                                        {"unlocked", session.desk.unlocked(account)}});
    }
    session.out.object({{"device", self.device.hex()},
                        {"account", self.account.hex()},
                        {"title", views::account_title(session.registry(), self.account)},
                        {"unit", views::id(self.unit)},
                        {"path", views::unit_path(session.registry(), self.unit)},
                        {"founder", self.founder()},
                        {"officers", std::move(officers)}});
    return 0;
}

Result<int> synchronise(Session& session, const Arguments& arguments) {
    constexpr std::uint64_t step = 1000;
    const std::uint64_t to_send = session.desk.outbox().size() - session.desk.outbox().answered();
    std::uint64_t told = 0;
    const auto tell = [&](const Progress& progress) {
        const std::uint64_t steps = progress.received + progress.answered;
        if (steps < told + step) return;
        told = steps;
        session.out.progress(session.out.pick("đã gửi ", "sent ") + std::to_string(progress.answered) + "/" +
                             std::to_string(to_send) + session.out.pick(", đã nhận đến ", ", received up to ") +
                             std::to_string(progress.through) + "/" + std::to_string(progress.known));
    };
    const auto seconds = arguments.number_up_to("wait", wait_seconds_max, sync_seconds);
    if (!seconds) return seconds.error();
    const auto done = session.link.sync(static_cast<int>(*seconds), tell, arguments.flag("again"));
    if (!done) return done.error();
    const SyncFacts facts = facts_of(session);
    session.out.object({{"sent", done->sent},
                        {"answered", done->answered},
                        {"received", done->received},
                        {"through", session.desk.through()},
                        {"waiting", facts.waiting},
                        {"files_sent", done->files},
                        {"file_bytes", done->file_bytes},
                        {"files_waiting", facts.files},
                        {"left_bytes", facts.file_bytes},
                        {"refused", facts.refused},
                        {"held", facts.held},
                        {"text", sentence(session.out.language(), facts)}});
    return 0;
}

Result<int> unlock(Session& session, const Arguments& arguments) {
    const auto account = session.actor();
    if (!account) return account.error();
    const auto hours = arguments.number_up_to("hours", unlock_hours_max, session_hours);
    if (!hours) return hours.error();
    const auto again = session.unlock(*account, session.globals.passphrase_file, static_cast<int>(*hours));
    if (!again) return again.error();
    session.unlocked_here.clear();  // stays open for as long as this process runs
    session.out.object(
        {{"account", account->hex()}, {"title", views::account_title(session.registry(), *account)}, {"unlocked", true}});
    return 0;
}

Result<int> move_province(Session& session, const Arguments& arguments) {
    if (auto moved = session.desk.move_province(arguments.text("ADDRESS")); !moved) return moved.error();
    session.out.object({{"province", session.desk.identity().province.address}});
    return 0;
}

Result<int> name_lookup(Session& session, const Arguments& arguments) {
    const std::string address = arguments.flag("none") ? std::string{} : arguments.text("ADDRESS");
    if (address.empty() && !arguments.flag("none"))
        return Error{Errc::invalid, "Name the address of the public lookup, such as https://ocop.hoabinh.example, or --none."};
    if (auto named = session.desk.name_lookup(address); !named) return named.error();
    session.out.object({{"lookup", address.empty() ? json::value(nullptr) : json::value(address)}});
    return 0;
}

Result<int> lock(Session& session, const Arguments&) {
    json::array locked;
    for (const AccountId& account : session.desk.officers()) {
        if (!session.desk.unlocked(account)) continue;
        session.desk.lock(account);
        locked.push_back(json::string(account.hex()));
    }
    session.out.object({{"locked", std::move(locked)}});
    return 0;
}

Result<int> version(Surroundings& surroundings, const Arguments&) {
    surroundings.out.object({{"version", HOSO_VERSION},
                             {"schema", domain::Header{}.schema_version},
                             {"protocol", sync::protocol_version},
                             {"judge", replica::judge_version_max}});
    return 0;
}

Result<int> limits(Surroundings& surroundings, const Arguments&) {
    surroundings.out.object({{"action_bytes_max", log::action_bytes_max},
                             {"signatures_max", log::signatures_max},
                             {"push_actions_max", log::push_actions_max},
                             {"push_bytes_max", log::push_bytes_max},
                             {"frame_bytes_max", sync::frame_bytes_max},
                             {"message_bytes_max", sync::message_bytes_max},
                             {"pushes_in_flight_max", sync::pushes_in_flight_max},
                             {"event_frames_in_flight_max", sync::event_frames_in_flight_max},
                             {"rule_set_bytes_max", domain::rule_set_bytes_max},
                             {"record_line_bytes_max", record_line_bytes_max},
                             {"record_lines_max", record_lines_max}});
    return 0;
}

}  // namespace

std::vector<Verb> desk_verbs() {
    std::vector<Verb> rows = founding_verbs();
    const std::vector<Verb> more = {
        {"status", "", "Where this desk stands: what waits, what was answered", "status\nstatus --json", {}, status},
        {"whoami", "", "This device, its unit and its officers", "whoami\nwhoami --json", {}, whoami},
        {"sync",
         "",
         "Send and receive until both sides have everything",
         "sync --wait 10\nsync --again",
         {{"wait", Kind::number, false, "Seconds to try at most; 60 otherwise"},
          {"again", Kind::flag, false,
           "Empty this desk's copy of the log and fetch it from its start; what was recorded here stays"}},
         synchronise},
        {"unlock",
         "",
         "Open an officer's key in the running desk",
         "unlock --passphrase-file PASS\nunlock --as \"Thư ký OCOP huyện Đà Bắc\" --passphrase-file PASS --hours 4",
         {{"hours", Kind::number, false, "How long a new session lasts; 12 otherwise"}},
         unlock},
        {"province",
         "move",
         "The province's server is at another address from now on; its key stays the same",
         "province move 192.0.2.1:8443\nprovince move hoso.example:8443 --json",
         {{"ADDRESS", Kind::text, true, "HOST:PORT"}},
         move_province},
        {"province",
         "lookup",
         "Where anyone looks up certificates: in the QR codes printed here from now on, and in the slips issued here",
         "province lookup https://ocop.hoabinh.example\nprovince lookup --none",
         {{"ADDRESS", Kind::text, false, "https://HOST of hoso run --lookup, as the public sees it"},
          {"none", Kind::flag, false, "There is none: QR codes name the certificate, and no page"}},
         name_lookup},
        {"lock", "", "Close every officer's key in the running desk", "lock\nlock --json", {}, lock},
        record_verb(),
        {"version", "", "Versions of this program and what it speaks", "version\nversion --json", {}, nullptr, version},
        {"limits", "", "What this program refuses to exceed", "limits\n--limits --json", {}, nullptr, limits},
    };
    rows.insert(rows.end(), more.begin(), more.end());
    const std::vector<Verb> outbox = outbox_verbs();
    rows.insert(rows.end(), outbox.begin(), outbox.end());
    return rows;
}

}  // namespace hoso::client::cli

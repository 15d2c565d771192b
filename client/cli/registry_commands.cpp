#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/cli/slip_command.hpp"
#include "client/text/words.hpp"
#include "client/views/registry_views.hpp"

namespace hoso::client::cli {
namespace {

Result<int> add_account(Session& session, const Arguments& arguments) {
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    domain::AccountCreated action{io::uuid_v7(session.desk.now()), arguments.text("title"), {}, *unit};
    if (arguments.has("name")) action.name = session.desk.seal_field("name", arguments.text("name"));
    json::object ids{{"account", action.account.hex()}, {"title", action.title}, {"unit", unit->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_accounts(Session& session, const Arguments&) {
    session.out.rows(views::accounts(session.registry()), {"title", "path", "roles", "account"});
    return 0;
}

Result<int> grant_mandate(Session& session, const Arguments& arguments) {
    const auto account = find_account(session.registry(), arguments.text("account"));
    if (!account) return account.error();
    const auto unit = session.unit(arguments.text("unit"), arguments.date("from", session.today()));
    if (!unit) return unit.error();
    const auto role = role_from(arguments.text("role"));
    if (!role) return role.error();
    Uuid office;
    if (arguments.has("office")) {
        const auto found = find_office(session.registry(), arguments.text("office"));
        if (!found) return found.error();
        office = *found;
    }
    domain::MandateGranted action{io::uuid_v7(session.desk.now()),
                                  *account,
                                  *role,
                                  *unit,
                                  arguments.date("from", session.today()),
                                  arguments.date("to", Date{}),
                                  arguments.text("basis"),
                                  office,
                                  arguments.text("field")};
    json::object ids{{"mandate", action.mandate.hex()}, {"account", account->hex()}, {"role", name(*role)}, {"unit", unit->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> end_mandate(Session& session, const Arguments& arguments) {
    const auto mandate = find_mandate(session.registry(), arguments.text("MANDATE"));
    if (!mandate) return mandate.error();
    return record(session, domain::MandateEnded{*mandate, arguments.text("reason")}, registry_stream,
                  {{"mandate", mandate->hex()}});
}

Result<int> list_mandates(Session& session, const Arguments&) {
    session.out.rows(views::mandates(session.registry()),
                     {"title", "role", "path", "office", "field", "valid_from", "valid_to", "ended_at", "mandate"});
    return 0;
}

Result<int> upgrade_judge(Session& session, const Arguments& arguments) {
    const std::uint64_t version = arguments.number("VERSION");
    if (version > replica::judge_version_max) {
        return Error{Errc::version, "This program judges up to version " + std::to_string(replica::judge_version_max) +
                                        ": no desk of this release could go on. Update the programs first."};
    }
    const auto wanted = static_cast<std::uint32_t>(version);
    return record(session, domain::JudgeUpgraded{wanted}, registry_stream, {{"judge_version", wanted}});
}

constexpr std::size_t event_bytes_max = 1 << 20;

// When the log received the newest push of a device. A contact that brings no action leaves nothing in the log, and only a desk
// that follows the whole log knows the chains of all devices: nothing otherwise.
Result<std::optional<Instant>> last_push(const Session& session, const DeviceId& device) {
    const replica::State& state = session.past ? *session.past->state : session.desk.confirmed().state();
    const auto chain = state.chains.find(device);
    const auto* log = session.desk.log();
    if (!log || chain == state.chains.end() || chain->second.next_seq == 0) return std::optional<Instant>{};
    const std::uint64_t newest = chain->second.next_seq - 1;
    const auto pushes = log->pushes(device, chain->second.epoch, newest, newest);
    if (!pushes) return pushes.error();
    if (pushes->empty()) return std::optional<Instant>{};
    const auto events = log->read(pushes->back().first_position, 1, event_bytes_max);
    if (!events) return events.error();
    return events->empty() ? std::optional<Instant>{} : std::optional{events->front().head.received};
}

Result<int> list_devices(Session& session, const Arguments&) {
    json::array rows = views::devices(session.registry());
    for (json::value& row : rows) {
        const auto device = DeviceId::from_hex(std::string_view(row.at("device").get_string()));
        const auto heard = last_push(session, *device);
        if (!heard) return heard.error();
        row.get_object()["last_push"] = *heard ? json::value(to_text(**heard)) : json::value(nullptr);
    }
    session.out.rows(rows, {"path", "name", "server", "founder", "last_push", "device"});
    return 0;
}

}  // namespace

std::vector<Verb> registry_verbs() {
    std::vector<Verb> rows = unit_verbs();
    const std::vector<Verb> more = {
        {"account",
         "add",
         "An account: a post, not a person",
         "account add --title \"Cán bộ OCOP Tú Lý\" --unit 17/150/04867\naccount add --title Admin --unit 17 --json",
         {{"title", Kind::text, true, "The post"},
          {"unit", Kind::text, true, "Where it is"},
          {"name", Kind::text, false, "Who holds it: only a commitment enters the log"}},
         add_account},
        {"account", "list", "Accounts and their roles", "account list\naccount list --json", {}, list_accounts},
        {"mandate",
         "grant",
         "Give an account a role on a unit",
         "mandate grant --account \"Cán bộ OCOP Tú Lý\" --role officer --unit 17/150/04867 --from 2023-03-20 --basis \"Công văn "
         "332\"\n"
         "mandate grant --account ID --role signer --unit 17/150 --from 2023-03-20 --to 2026-03-19 --basis \"Quyết định 12\"",
         {{"account", Kind::text, true, "Title or id"},
          {"role", Kind::text, true, "administrator, officer, adviser, secretary, signer or auditor"},
          {"unit", Kind::text, true, "Where, with everything in it"},
          {"from", Kind::date, false, "First day; today otherwise"},
          {"to", Kind::date, false, "Last day; open otherwise"},
          {"basis", Kind::text, true, "The document it rests on"},
          {"office", Kind::text, false, "Id or name of the office in the unit"},
          {"field", Kind::text, false, "What the post answers for"}},
         grant_mandate},
        {"mandate",
         "end",
         "End a mandate from its place in the log on",
         "mandate end ID --reason \"Chuyển công tác\"\nmandate end ID --reason \"Nghỉ hưu\" --json",
         {{"MANDATE", Kind::text, true, "Id"}, {"reason", Kind::text, true, "Why"}},
         end_mandate},
        {"mandate", "list", "Mandates", "mandate list\nmandate list --json", {}, list_mandates},
        slip_issue_verb(),
        {"judge",
         "upgrade",
         "Judge by another version from here on; programs that do not know it stop there",
         "judge upgrade 2\njudge upgrade 2 --json",
         {{"VERSION", Kind::number, true, "Greater than the one in force"}},
         upgrade_judge},
        {"device", "list", "Devices and the officers' keys on them", "device list\ndevice list --json", {}, list_devices},
    };
    rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

}  // namespace hoso::client::cli

#include <algorithm>

#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/text/words.hpp"
#include "client/views/council_views.hpp"
#include "client/views/registry_views.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client::cli {
namespace {

// "ACCOUNT", "ACCOUNT:seat", and either with "=FIELD" behind it.
Result<domain::CouncilMember> member_from(const domain::Registry& registry, const std::string& text) {
    const auto equals = text.find('=');
    const std::string post = text.substr(0, equals);
    const auto colon = post.rfind(':');
    const auto seat = colon == std::string::npos ? Result<domain::Seat>{domain::Seat::member} : seat_from(post.substr(colon + 1));
    if (!seat) return seat.error();
    const auto account = find_account(registry, post.substr(0, colon));
    if (!account) return account.error();
    return domain::CouncilMember{*account, *seat, equals == std::string::npos ? std::string{} : text.substr(equals + 1)};
}

// Who sits, who advises, quorum and spread: alike for a new council and for one whose membership changes.
template <typename Action>
Result<void> read_membership(const domain::Registry& registry, const Arguments& arguments, Action& action) {
    for (const std::string& text : arguments.list("member")) {
        auto member = member_from(registry, text);
        if (!member) return member.error();
        action.members.push_back(std::move(*member));
    }
    for (const std::string& text : arguments.list("adviser")) {
        const auto equals = text.find('=');
        const auto account = find_account(registry, text.substr(0, equals));
        if (!account) return account.error();
        action.advisers.push_back({*account, equals == std::string::npos ? std::string{} : text.substr(equals + 1)});
    }
    const auto quorum = arguments.number_as<std::uint16_t>("quorum");
    if (!quorum) return quorum.error();
    action.quorum = *quorum;
    action.spread_max = arguments.points("spread");
    return {};
}

Result<int> establish(Session& session, const Arguments& arguments) {
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    domain::CouncilEstablished action;
    action.council = io::uuid_v7(session.desk.now());
    action.unit = *unit;
    action.stage = arguments.text("stage");
    action.decision_number = arguments.text("decision");
    action.decision_date = arguments.date("date", session.today());
    if (const auto read = read_membership(session.registry(), arguments, action); !read) return read.error();
    json::object ids{{"council", action.council.hex()}, {"unit", unit->hex()}, {"stage", action.stage}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> change_council(Session& session, const Arguments& arguments) {
    const auto council = find_council(session.registry(), arguments.text("COUNCIL"));
    if (!council) return council.error();
    domain::CouncilChanged action;
    action.council = *council;
    action.decision_number = arguments.text("decision");
    action.decision_date = arguments.date("date", session.today());
    if (const auto read = read_membership(session.registry(), arguments, action); !read) return read.error();
    return record(session, std::move(action), registry_stream, {{"council", council->hex()}});
}

// What a council sits by: its last decision's number and day.
using Decisions = std::map<std::string, std::pair<std::string, Date>>;

void note_decision(const domain::Action& action, Decisions& decisions) {
    if (const auto* made = std::get_if<domain::CouncilEstablished>(&action.body))
        decisions[made->council.hex()] = {made->decision_number, made->decision_date};
    if (const auto* changed = std::get_if<domain::CouncilChanged>(&action.body))
        decisions[changed->council.hex()] = {changed->decision_number, changed->decision_date};
}

// The decision that a council sits by now stands in the log alone: the registry holds who sits. What this desk recorded and the
// province has not logged yet comes after it.
Result<Decisions> decisions_of_councils(const Session& session) {
    Decisions decisions;
    const io::RocksLog* log = session.desk.log();
    const auto positions = log ? log->stream(registry_stream) : Result<std::vector<Position>>{std::vector<Position>{}};
    if (!positions) return positions.error();
    for (const Position position : *positions) {
        const auto event = log->at(position);
        if (!event) return event.error();
        const auto action = domain::decode(event->action);
        if (action && static_cast<domain::Outcome>(event->head.outcome) == domain::Outcome::effective)
            note_decision(*action, decisions);
    }
    const Outbox& outbox = session.desk.outbox();
    for (const OwnAction& own : outbox.all()) {
        if (own.standing == Standing::logged || own.stream != registry_stream) continue;
        if (const auto action = outbox.decoded(own.seq)) note_decision(*action, decisions);
    }
    return decisions;
}

Result<void> name_decisions(const Session& session, json::array& rows) {
    if (rows.empty()) return {};
    const auto decisions = decisions_of_councils(session);
    if (!decisions) return decisions.error();
    for (json::value& row : rows) {
        const auto found = decisions->find(std::string(row.at("council").as_string()));
        if (found == decisions->end()) continue;
        row.get_object()["decision"] = found->second.first;
        row.get_object()["decision_date"] = to_text(found->second.second);
    }
    return {};
}

Result<int> list_councils(Session& session, const Arguments&) {
    json::array rows = views::councils(session.registry());
    if (const auto named = name_decisions(session, rows); !named) return named.error();
    session.out.rows(rows, {"path", "stage", "decision", "decision_date", "quorum", "spread", "members", "advisers", "council"});
    return 0;
}

Result<int> grant_numbers(Session& session, const Arguments& arguments) {
    const auto device = find_device(session.registry(), arguments.text("device"), session.today());
    if (!device) return device.error();
    const auto kind = number_kind_from(arguments.text("kind"));
    if (!kind) return kind.error();
    const auto first = arguments.number_as<std::uint32_t>("first");
    if (!first) return first.error();
    const auto last = arguments.number_as<std::uint32_t>("last");
    if (!last) return last.error();
    domain::NumberBlockGranted action{io::uuid_v7(session.desk.now()), *device, *kind, arguments.text("pattern"), *first, *last};
    json::object ids{{"block", action.block.hex()}, {"device", device->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_numbers(Session& session, const Arguments&) {
    session.out.rows(views::number_blocks(session.registry()), {"kind", "pattern", "first", "last", "used", "left", "device"});
    return 0;
}

}  // namespace

std::vector<Verb> council_verbs() {
    const Option member{"member", Kind::list, true,
                        "ACCOUNT, ACCOUNT:chair, :secretary or :support (hands in no sheet); =FIELD behind it; may be repeated"};
    const Option adviser{"adviser", Kind::list, false, "ACCOUNT or ACCOUNT=FIELD of the advisory group; may be repeated"};
    const Option quorum{"quorum", Kind::number, true, "Fewest valid sheets"};
    const Option spread{"spread", Kind::points, true, "Largest difference of two totals, in points"};
    return {
        {"council",
         "establish",
         "A council with its members, quorum and largest spread",
         "council establish --unit 17/150 --stage district --decision 20/QĐ-UBND --date 2023-10-01 --member \"Chủ tịch Hội "
         "đồng\":chair --member ID --quorum 5 --spread 10\n"
         "council establish --unit 17 --stage province --decision 1500/QĐ-UBND --date 2023-11-01 --member ID:chair --member "
         "ID:secretary --quorum 5 --spread 10 --json",
         {{"unit", Kind::text, true, "Whose council"},
          {"stage", Kind::text, true, "Key of the rule set's stage"},
          {"decision", Kind::text, true, "Number of the decision that establishes it"},
          {"date", Kind::date, true, "Its date"},
          member,
          adviser,
          quorum,
          spread},
         establish},
        {"council",
         "change",
         "The whole membership of a council as it stands from here on",
         "council change ID --decision 55/QĐ-UBND --date 2023-11-02 --member \"Chủ tịch Hội đồng\":chair --member ID --quorum 5 "
         "--spread 10\n"
         "council change ID --decision D --date 2023-11-02 --member ID:chair --member \"ID=an toàn thực phẩm\" --quorum 2 --spread "
         "10",
         {{"COUNCIL", Kind::text, true, "Id"},
          {"decision", Kind::text, true, "Number of the decision that changes it"},
          {"date", Kind::date, true, "Its date"},
          member,
          adviser,
          quorum,
          spread},
         change_council},
        {"council", "list", "Councils", "council list\ncouncil list --json", {}, list_councils},
        {"numbers",
         "grant",
         "A block of numbers that a desk may give out without a network",
         "numbers grant --device 17/150 --kind decision --pattern \"{}/QĐ-UBND\" --first 101 --last 400\n"
         "numbers grant --device ID --kind certificate --pattern \"{}/2023/GCN-OCOP\" --first 1 --last 400",
         {{"device", Kind::text, true, "Id, or the path of a unit with one desk"},
          {"kind", Kind::text, true, "decision, certificate or form"},
          {"pattern", Kind::text, true, "With {} where the number goes"},
          {"first", Kind::number, true, "First number"},
          {"last", Kind::number, true, "Last number"}},
         grant_numbers},
        {"numbers", "list", "Blocks of numbers and what is left of them", "numbers list\nnumbers list --json", {}, list_numbers},
    };
}

}  // namespace hoso::client::cli

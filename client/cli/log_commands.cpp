#include "client/audit/audit.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/places.hpp"
#include "client/cli/recording.hpp"
#include "client/views/event_views.hpp"
#include "client/views/product_views.hpp"
#include "client/views/progress.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client::cli {
namespace {

// The folder to read: another's data directory, or this desk's.
std::filesystem::path log_folder(const Surroundings& surroundings, const Arguments& arguments) {
    return arguments.has("log") ? std::filesystem::path(arguments.text("log")) : surroundings.globals.data;
}

// What posts, units, numbers and events are called where they are first named: enough to read a list by, without judging anything.
class NoteNames {
public:
    NoteNames(domain::Registry& to) : to_(to) {}
    void operator()(const domain::Genesis& from) const {
        to_.genesis = from;
        for (const auto& founder : from.founders) to_.accounts[founder.account] = {founder.account, founder.title, {}, true};
    }
    void operator()(const domain::AccountCreated& from) const {
        to_.accounts[from.account] = {from.account, from.title, from.unit, false};
    }
    void operator()(const domain::UnitCreated& from) const {
        domain::Unit& unit = to_.units[from.unit];
        unit.id = from.unit;
        unit.name = from.name;
        unit.code = from.code;
    }
    void operator()(const domain::SlipIssued& from) const { to_.slips[from.slip].unit = from.unit; }
    void operator()(const domain::NumberBlockGranted& from) const {
        domain::NumberBlock& block = to_.blocks[from.block];
        block.kind = from.kind;
        block.pattern = from.pattern;
    }
    void operator()(const domain::DecisionSigned& from) const {
        const auto block = to_.blocks.find(from.number.block);
        if (block != to_.blocks.end()) to_.decisions[from.decision].number = block->second.text(from.number.value);
    }
    void operator()(const domain::PromotionHeld& from) const { to_.promotions[from.promotion] = from; }
    void operator()(const domain::RuleSetPublished& from) const {
        auto rules = domain::unpack_rules(from.json);
        if (!rules) return;  // it was void
        to_.rule_sets[from.hash] = std::make_shared<const domain::RuleSet>(std::move(*rules));
        to_.newest_rule_set = from.hash;
    }
    template <typename Other>
    void operator()(const Other&) const {}

private:
    domain::Registry& to_;
};

// Calls `take` for every event until it says false. Errc::corrupt names the first that cannot be read.
Result<void> each_event(Surroundings& surroundings, const Arguments& arguments, replica::State& titles,
                        const std::function<bool(const log::Event&)>& take) {
    const auto stored = audit::StoredLog::open(log_folder(surroundings, arguments));
    if (!stored) return stored.error();
    std::optional<Error> failed;
    const auto unreadable = (*stored)->read([&](Position position, ByteSpan leaf) {
        const auto event = log::decode_leaf(leaf);
        if (!event) {
            failed = Error{event.error().code, "event " + std::to_string(position) + ": " + event.error().detail};
            return false;
        }
        if (const auto action = domain::decode(event->action)) {
            std::visit(NoteNames(titles.registry), action->body);
            if (const auto* enrolled = std::get_if<domain::DeviceEnrolled>(&action->body))
                titles.registry.devices[event->head.device].unit = titles.registry.slips[enrolled->slip].unit;
            if (static_cast<domain::Outcome>(event->head.outcome) == domain::Outcome::held)  // for whoever adopts or annuls it
                titles.streams[action->header.stream].held[action_id(event->action)] = {*action, position, domain::Reason::none};
        }
        if (position == 0) surroundings.out.mark_training(titles.registry.genesis.training);
        return take(*event);
    });
    if (failed) return *failed;
    if (unreadable) return Error{unreadable->code, "event " + std::to_string(unreadable->position) + ": " + unreadable->detail};
    return {};
}

// Who did what when, as far as the options ask.
bool wanted(const json::object& row, const log::Event& event, const Arguments& arguments) {
    const Date day = local_date(event.head.received);
    if (day < arguments.date("since", Date::min()) || day > arguments.date("until", Date::max())) return false;
    const auto is = [&](const char* option, const char* key) {
        const json::value* value = row.if_contains(key);
        return !arguments.has(option) || (value && value->is_string() && value->get_string() == arguments.text(option));
    };
    return is("kind", "kind") && (is("actor", "actor_title") || is("actor", "actor"));
}

Result<void> check_kind(const Arguments& arguments) {
    if (!arguments.has("kind")) return {};
    std::string known;
    for (std::size_t i = 0; i < std::variant_size_v<domain::AnyBody>; ++i) {
        if (arguments.text("kind") == kind_name(i)) return {};
        known += (known.empty() ? "" : ", ") + std::string(kind_name(i));
    }
    return Error{Errc::invalid, arguments.text("kind") + " is no kind of act; there are " + known + "."};
}

// Asked where nothing was found: a post that this log does not have is a slip of the pen, not one that did nothing.
Result<void> check_actor(Surroundings& surroundings, const Arguments& arguments) {
    replica::State titles;
    if (const auto done = each_event(surroundings, arguments, titles, [](const log::Event&) { return true; }); !done) return done;
    const std::string text = arguments.text("actor");
    for (const auto& [id, account] : titles.registry.accounts) {
        if (text == account.title || text == id.hex()) return {};
    }
    return Error{Errc::not_found, "No post in this log has the title or id " + text + ": see hoso account list."};
}

Result<int> list_log(Surroundings& surroundings, const Arguments& arguments) {
    constexpr std::size_t rows_at_once = 1000;
    if (const auto known = check_kind(arguments); !known) return known.error();
    bool any = false;
    const Position from = arguments.number("from"), to = arguments.number("to", no_position);
    std::uint64_t left = arguments.number("limit", no_position);
    const std::uint64_t last = arguments.number("last", no_position);
    replica::State titles;
    json::array rows;
    const auto flush = [&] {
        any = true;
        surroundings.out.rows(rows, {"position", "received", "sentence", "verdict"});
        rows.clear();
    };
    const auto done = each_event(surroundings, arguments, titles, [&](const log::Event& event) {
        if (event.head.position > to || left == 0) return false;
        if (event.head.position < from) return true;
        json::object row = views::event_row(titles, event, surroundings.out.language());
        if (!wanted(row, event, arguments)) return true;
        rows.push_back(std::move(row));
        --left;
        if (last != no_position) {
            if (rows.size() > last && rows.size() - last >= rows_at_once)
                rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(last));
        } else if (rows.size() == rows_at_once) {
            flush();
        }
        return true;
    });
    if (!done) return done.error();
    if (rows.size() > last) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(last));
    if (!any && rows.empty() && arguments.has("actor")) {
        if (const auto known = check_actor(surroundings, arguments); !known) return known.error();
    }
    if (!any || !rows.empty()) flush();  // an empty list, too, has its headings in a file
    return 0;
}

// By its position, or by the id of its action.
Result<int> show_event(Surroundings& surroundings, const Arguments& arguments) {
    const std::string text = arguments.text("POSITION");
    const auto action = ActionId::from_hex(text);
    const auto position = action ? std::nullopt : number_from_text(text);
    if (!position && !action) return Error{Errc::invalid, "An event is named by its position, or by the id of its action."};
    replica::State titles;
    std::optional<json::object> found;
    const ActionJson actions;
    const auto done = each_event(surroundings, arguments, titles, [&](const log::Event& event) {
        const bool is_it = position ? event.head.position == *position : action_id(event.action) == *action;
        if (is_it) found = views::event(titles, event, actions, surroundings.out.language());
        return !found && (!position || event.head.position < *position);
    });
    if (!done) return done.error();
    if (!found && position) return Error{Errc::not_found, "There is no event at position " + text + " here."};
    if (!found) return Error{Errc::not_found, "No event here holds the action " + text + "."};
    surroundings.out.object(std::move(*found));
    return 0;
}

Result<int> state_hash(Session& session, const Arguments&) {
    const replica::State& state = session.desk.confirmed().state();
    json::object out{{"size", state.size}, {"state_hash", replica::state_hash(state).hex()}, {"streams", state.streams.size()}};
    const bool rooted = session.desk.whole() && session.desk.log();
    out["root"] = rooted ? json::value(session.desk.log()->tree().root().hex()) : json::value(nullptr);
    session.out.object(std::move(out));
    return 0;
}

Result<int> show_progress(Session& session, const Arguments& arguments) {
    const Date at = arguments.date("at", session.today());
    PastStates past;
    std::optional<PastStates::Look> then;
    if (at < session.today()) {
        const auto looked = past.at(session.desk, {{}, at}, no_position);
        if (!looked) return looked.error();
        then = *looked;
    }
    const views::Look look = then ? views::Look{*then->state} : session.look();
    const auto round = find_round(look.registry(), arguments.text("round"));
    if (!round) return round.error();
    const views::Geography on(session.registry(), arguments.date("geography", at));  // what became of units since is known
    json::array rows = views::progress(look, look.registry().rounds.at(*round), at, on);
    name_places(session.out, rows, "district");
    session.out.rows(rows,
                     {"geography", "district", "registered", "submitted", "received", "tallied", "recognised_3", "recognised_4",
                      "recognised_5", "declined", "open", "late", "expired", "renews", "does_not_renew", "revoked", "days_left"});
    return 0;
}

Result<int> list_held(Session& session, const Arguments&) {
    session.out.rows(views::held(session.look()), {"position", "kind", "actor_title", "reason", "action"});
    return 0;
}

// The held actions of one stream, by their ids.
struct HeldIn {
    StreamId stream;
    std::vector<ActionId> actions;
};

Result<std::vector<HeldIn>> find_held(const Session& session, const std::vector<std::string>& texts) {
    std::map<StreamId, std::vector<ActionId>> found;
    for (const std::string& text : texts) {
        const auto wanted = ActionId::from_hex(text);
        if (!wanted) return Error{Errc::invalid, text + " is no action id"};
        bool here = false;
        session.look().each_stream([&](const StreamId& id, const replica::Stream& stream) {
            if (!stream.held.contains(*wanted)) return;
            found[id].push_back(*wanted);
            here = true;
        });
        if (!here) return Error{Errc::not_found, "not_held: no action " + text + " is held here."};
    }
    std::vector<HeldIn> out;
    out.reserve(found.size());
    for (auto& [stream, actions] : found) out.push_back({stream, std::move(actions)});
    return out;
}

template <typename Act>
Result<int> resolve(Session& session, const Arguments& arguments) {
    const auto streams = find_held(session, arguments.list("ACTION"));
    if (!streams) return streams.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    std::vector<Proposal> proposals;
    for (const HeldIn& held : *streams) proposals.push_back({Act{held.actions, arguments.text("reason")}, held.stream, *actor, {}});
    const auto done = record_all(session, proposals);
    if (!done) return done.error();
    for (std::size_t i = 0; i < proposals.size(); ++i) session.out.object(answer(proposals[i], (*done)[i]));
    return 0;
}

}  // namespace

std::vector<Verb> log_verbs() {
    const Option log{"log", Kind::file, false, "Another data directory: a server's or a desk's"};
    const std::vector<Option> resolving{{"ACTION", Kind::list, true, "Ids, from held list"}, {"reason", Kind::text, true, "Why"}};
    return {
        {"held", "list", "Actions that wait for a person", "held list\nheld list --json", {}, list_held},
        {"held", "adopt", "Let held actions take effect", "held adopt ID --reason \"Đã kiểm tra\"\nheld adopt ID ID --reason R",
         resolving, resolve<domain::Adopted>},
        {"held", "annul", "Set held actions aside", "held annul ID --reason \"Nhầm\"\nheld annul ID ID --reason R", resolving,
         resolve<domain::Annulled>},
        {"progress",
         "",
         "How far the units below the province are, against the deadline of a round",
         "progress --round 2023 --at 2023-12-12\nprogress --round 2025 --geography 2025-06-30 --json",
         {{"round", Kind::text, true, "Id, title or year"},
          {"at", Kind::date, false, "As it was at the end of this day; today otherwise"},
          geography_option()},
         show_progress},
        {"log",
         "list",
         "Events in the order of the log",
         "log list --limit 20\nlog list --actor \"Thư ký OCOP tỉnh\" --kind noticeIssued --since 2023-04-01 --until 2023-04-30 "
         "--json",
         {{"from", Kind::number, false, "First position"},
          {"to", Kind::number, false, "Last position"},
          {"limit", Kind::number, false, "At most so many, from the first"},
          {"last", Kind::number, false, "Only so many of the newest"},
          {"actor", Kind::text, false, "Only what this post did: title or id"},
          {"kind", Kind::text, false, "Only acts of this kind, as in schema/action.capnp: decisionSigned"},
          {"since", Kind::date, false, "Received on this day or later"},
          {"until", Kind::date, false, "Received on this day or earlier"},
          log},
         nullptr,
         list_log},
        {"log",
         "show",
         "One event with everything in it",
         "log show 42\nlog show 42 --log SERVER --json",
         {{"POSITION", Kind::text, true, "Its place in the log, or the id of its action"}, log},
         nullptr,
         show_event},
        {"state-hash",
         "",
         "Size, root and state hash of what this desk has folded",
         "state-hash\nstate-hash --json",
         {},
         state_hash},
    };
}

}  // namespace hoso::client::cli

#include "client/cli/outbox_commands.hpp"

#include "client/json/action_json.hpp"
#include "client/views/parts.hpp"
#include "shared/replica/kinds.hpp"

namespace hoso::client::cli {
namespace {

enum class Attention { none, held, refused };

// What an own action asks of its officer: one that was adopted nothing, one that was annulled as much as a void one.
Attention attention(const Session& session, const OwnAction& own) {
    if (own.standing != Standing::logged || own.verdict.outcome == domain::Outcome::effective || own.seen) return Attention::none;
    if (own.verdict.outcome == domain::Outcome::voided) return Attention::refused;
    const auto settled = session.desk.settled(own);
    if (!settled) return Attention::held;
    return *settled == Settled::annulled ? Attention::refused : Attention::none;
}

json::object row_of(const Session& session, const OwnAction& own) {
    const bool answered = own.standing == Standing::logged;
    const auto settled = session.desk.settled(own);
    const domain::Product* product = session.look().product(own.stream);
    return {{"seq", own.seq},
            {"action", own.id.hex()},
            {"kind", json::string(kind_name(own.kind))},
            {"stream", own.stream.hex()},
            {"name", product ? json::value(product->name) : json::value(nullptr)},
            {"actor", views::id(own.actor)},
            {"actor_title", views::account_title(session.registry(), own.actor)},
            {"claimed", views::instant(own.claimed_time)},
            {"status", name(own.standing)},
            {"position", views::position(own.position)},
            {"verdict", answered ? json::value(views::verdict(own.verdict)) : json::value(nullptr)},
            {"settled", settled ? json::value(name(*settled)) : json::value(nullptr)},
            {"seen", own.seen}};
}

Result<int> list_outbox(Session& session, const Arguments& arguments) {
    json::array rows;
    for (const OwnAction& own : session.desk.outbox().all()) {
        const bool open = own.standing != Standing::logged || attention(session, own) != Attention::none;
        if (open || arguments.flag("all")) rows.push_back(row_of(session, own));
    }
    session.out.rows(rows, {"seq", "kind", "name", "actor_title", "status", "position", "verdict", "settled"});
    return 0;
}

Result<std::vector<std::uint64_t>> seqs_from(const Session& session, const Arguments& arguments) {
    std::vector<std::uint64_t> seqs;
    if (arguments.has("SEQ") == arguments.flag("all"))
        return Error{Errc::invalid, "Name the numbers from hoso outbox list, or say --all"};
    for (const std::string& text : arguments.list("SEQ")) {
        const auto seq = number_from_text(text);
        if (!seq) return Error{Errc::invalid, text + " is no number from hoso outbox list"};
        seqs.push_back(*seq);
    }
    for (const OwnAction& own : session.desk.outbox().all()) {
        if (arguments.flag("all") && attention(session, own) != Attention::none) seqs.push_back(own.seq);
    }
    return seqs;
}

Result<int> mark_seen(Session& session, const Arguments& arguments) {
    const auto seqs = seqs_from(session, arguments);
    if (!seqs) return seqs.error();
    if (auto marked = session.desk.mark_seen(*seqs); !marked) return marked.error();
    json::array marked;
    for (const std::uint64_t seq : *seqs) marked.push_back(seq);
    session.out.object({{"seen", std::move(marked)}, {"text", sentence(session.out.language(), facts_of(session))}});
    return 0;
}

}  // namespace

namespace {

// Files that this desk's own documents cite and nobody has any more, as far as it knows.
std::uint64_t files_lost(const Session& session) {
    constexpr std::size_t document_added = replica::index_of<domain::DocumentAdded>();
    const views::Look look = session.look();
    std::set<log::FileId> lost;
    for (const OwnAction& own : session.desk.outbox().all()) {
        if (own.kind != document_added) continue;
        const domain::Product* product = look.product(own.stream);
        const auto action = session.desk.outbox().decoded(own.seq);
        if (!product || !action) continue;
        for (const domain::FileReference& file : action->header.files) {
            const auto cited = product->files.find(file.root);
            const bool awaited = cited != product->files.end() && cited->second.stored == no_position;
            if (awaited && !session.desk.files().store().is_whole({file.root, file.size})) lost.insert({file.root, file.size});
        }
    }
    return lost.size();
}

}  // namespace

SyncFacts facts_of(const Session& session) {
    SyncFacts facts;
    for (const OwnAction& own : session.desk.outbox().all()) {
        if (own.standing != Standing::logged) ++facts.waiting;
        if (own.standing == Standing::sent) ++facts.sent;
        const Attention asked = attention(session, own);
        if (asked == Attention::refused) ++facts.refused;
        if (asked == Attention::held) ++facts.held;
    }
    const auto files =
        session.desk.files().waiting(session.desk.confirmed().state(), session.desk.pending().state(), session.desk.now());
    facts.files = files.files;
    facts.file_bytes = files.bytes;
    facts.file_percent = files.percent;
    facts.files_rest = files.files > 0 && !files.in_hours;
    facts.day_spent = files.files > 0 && files.day_spent;
    const auto said = [&](sync::BlobState state) {
        const auto found = files.said.find(state);
        return found == files.said.end() ? std::uint64_t{0} : found->second;
    };
    facts.files_full = said(sync::BlobState::full);
    facts.files_refused = said(sync::BlobState::not_cited);
    facts.files_quota = said(sync::BlobState::quota);
    facts.files_later = said(sync::BlobState::later);
    if (const auto& closed = session.desk.files().closed()) {
        facts.files_trouble = closed->detail;
    } else {
        facts.files_lost = files_lost(session);
    }
    facts.trouble = session.desk.halted() ? session.desk.halted()->detail : session.desk.warning();
    facts.here = session.desk.through();
    facts.known = session.desk.known();
    facts.live = session.link.state() == LinkState::live;
    facts.failing_since = session.link.failing_since().value_or(0);
    facts.last_exchange = session.desk.last_exchange();
    facts.now = session.desk.now();
    return facts;
}

std::vector<Verb> outbox_verbs() {
    return {
        {"outbox",
         "list",
         "Own actions: recorded here, sent, logged at N, and what was judged",
         "outbox list\noutbox list --all --json",
         {{"all", Kind::flag, false, "Also what is effective or adopted, and what was looked at"}},
         list_outbox},
        {"outbox",
         "seen",
         "Held, void or annulled actions that were looked at: the status asks for them no more",
         "outbox seen 12 13\noutbox seen --all",
         {{"SEQ", Kind::list, false, "Numbers, from outbox list"}, {"all", Kind::flag, false, "All that the status asks for"}},
         mark_seen},
    };
}

}  // namespace hoso::client::cli

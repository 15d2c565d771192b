#include "client/cli/recording.hpp"

#include <boost/json/serialize.hpp>

#include "client/json/action_json.hpp"
#include "client/trial.hpp"
#include "client/views/parts.hpp"
#include "shared/base/hash.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t document_bytes_max = 64 << 20;

}  // namespace

json::object answer(const Proposal& proposal, const Recorded& recorded) {
    return {{"kind", json::string(kind_name(proposal.body.index()))},
            {"stream", proposal.stream.hex()},
            {"action", recorded.id.hex()},
            {"seq", recorded.seq},
            {"recorded", recorded.recorded},
            {"preview", views::verdict(recorded.preview)}};
}

RecordOptions options_of(const Session& session, const Proposal& proposal, const json::object& ids) {
    RecordOptions options{.force = session.globals.force};
    if (session.globals.request.empty()) return options;
    options.asked = {session.globals.request, [proposal, ids](std::span<const Recorded> done) {
                         json::object said = ids;
                         said.erase("content");  // a slip with its secret is handed out once
                         for (auto& member : answer(proposal, done.front())) said.emplace(member.key(), member.value());
                         return json::serialize(said);
                     }};
    return options;
}

Result<Recorded> record_or_judge(Session& session, const Proposal& proposal, const json::object& ids) {
    if (!session.globals.dry_run) return session.desk.record(proposal, options_of(session, proposal, ids));
    Recorded judged;
    judged.preview = session.desk.preview(proposal);
    if (judged.preview.outcome != domain::Outcome::voided) return judged;
    return Error{Errc::denied, std::string(name(judged.preview.reason)) + ": it would have no effect."};
}

Result<int> record(Session& session, domain::Body body, const StreamId& stream, json::object ids) {
    const auto actor = session.actor();
    if (!actor) return actor.error();
    Proposal proposal{std::move(body), stream, *actor, {}};
    const auto recorded = record_or_judge(session, proposal, ids);
    if (!recorded) return recorded.error();
    for (auto& member : answer(proposal, *recorded)) ids.emplace(member.key(), member.value());
    session.out.object(std::move(ids));
    return 0;
}

RecordOptions telling(Session& session, std::size_t count, RecordOptions options) {
    options.on_judged = [&out = session.out, count](std::size_t judged) {
        const std::string done = std::to_string(judged) + "/" + std::to_string(count);
        out.progress(out.pick("đã xét ", "judged ") + done + (judged == count ? out.pick(", đang ghi", ", writing") : ""));
        return !out.gone();
    };
    return options;
}

namespace {

Error refused_among(std::size_t at, std::size_t count, const domain::Verdict& verdict) {
    return {Errc::denied, std::string(name(verdict.reason)) + ": number " + std::to_string(at + 1) + " of " +
                              std::to_string(count) + " would have no effect; none was recorded."};
}

// Of many the answer that is kept says how many, and the first and the last of them.
std::string counted(std::span<const Recorded> done) {
    const json::object said{
        {"recorded", true}, {"count", done.size()}, {"first_seq", done.front().seq}, {"last_seq", done.back().seq}};
    return json::serialize(said);
}

Result<std::vector<Recorded>> judge_all(const Session& session, const std::vector<Proposal>& proposals) {
    std::vector<StreamId> streams;
    for (const Proposal& proposal : proposals) streams.push_back(proposal.stream);
    const auto verdicts = Trial(session.desk, streams).judge(proposals, session.globals.force);
    std::vector<Recorded> judged(proposals.size());
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        judged[i].preview = verdicts[i];
        if (verdicts[i].outcome == domain::Outcome::voided) return refused_among(i, proposals.size(), verdicts[i]);
    }
    return judged;
}

}  // namespace

Result<std::vector<Recorded>> record_all(Session& session, const std::vector<Proposal>& proposals) {
    if (session.globals.dry_run) return judge_all(session, proposals);
    RecordOptions options{.force = session.globals.force, .all_or_nothing = true};
    if (!session.globals.request.empty()) options.asked = {session.globals.request, counted};
    const auto done = session.desk.record_many(proposals, telling(session, proposals.size(), options));
    if (!done) return done.error();
    for (std::size_t i = 0; i < done->size(); ++i) {
        const domain::Verdict& preview = (*done)[i].preview;
        if ((*done)[i].recorded || preview.outcome != domain::Outcome::voided) continue;
        return refused_among(i, done->size(), preview);
    }
    return done;
}

Result<Hash> hash_of_file(const Arguments& arguments, std::string_view option) {
    if (!arguments.has(option)) return Hash{};
    const auto bytes = io::read_file(arguments.text(option), document_bytes_max);
    if (!bytes) return bytes.error();
    return sha256(*bytes);
}

}  // namespace hoso::client::cli

#include "client/cli/recording.hpp"

#include "client/json/action_json.hpp"
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

Result<int> record(Session& session, domain::Body body, const StreamId& stream, json::object ids) {
    const auto actor = session.actor();
    if (!actor) return actor.error();
    Proposal proposal{std::move(body), stream, *actor, {}};
    const auto recorded = session.desk.record(proposal, {.force = session.globals.force});
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

Result<std::vector<Recorded>> record_all(Session& session, const std::vector<Proposal>& proposals) {
    const RecordOptions options{.force = session.globals.force, .all_or_nothing = true};
    const auto done = session.desk.record_many(proposals, telling(session, proposals.size(), options));
    if (!done) return done.error();
    for (std::size_t i = 0; i < done->size(); ++i) {
        const domain::Verdict& preview = (*done)[i].preview;
        if ((*done)[i].recorded || preview.outcome != domain::Outcome::voided) continue;
        return Error{Errc::denied, std::string(name(preview.reason)) + ": number " + std::to_string(i + 1) + " of " +
                                       std::to_string(done->size()) + " would have no effect; none was recorded."};
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

#pragma once

#include "client/cli/session.hpp"

namespace hoso::client::cli {

// What became of a proposal: action, seq, stream, kind, recorded, preview.
json::object answer(const Proposal& proposal, const Recorded& recorded);

// Records it, or in a dry run says what would become of it. Errc::denied where it would have no effect. `ids` are what the answer
// says besides.
Result<Recorded> record_or_judge(Session& session, const Proposal& proposal, const json::object& ids = {});

// For one action: as this command is asked, and what is answered when the same request of a page comes again.
RecordOptions options_of(const Session& session, const Proposal& proposal, const json::object& ids);

// Records one action of whoever acts and prints `ids` with what became of it.
Result<int> record(Session& session, domain::Body body, const StreamId& stream, json::object ids);

// SHA-256 of the file that an option names; nil when it is not given.
Result<Hash> hash_of_file(const Arguments& arguments, std::string_view option);

// Says how far a large batch is judged.
RecordOptions telling(Session& session, std::size_t count, RecordOptions options);

// Records all or none; the answers carry the previews. Errc::denied with the first refusal and its place, when one is refused.
Result<std::vector<Recorded>> record_all(Session& session, const std::vector<Proposal>& proposals);

}  // namespace hoso::client::cli

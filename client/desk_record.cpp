#include <algorithm>

#include "client/desk_parts.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/replica/kinds.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t judged_step = 2000;  // of a batch, between two reports

bool refused(const domain::Verdict& verdict) { return verdict.outcome == domain::Outcome::voided; }

}  // namespace

Error Desk::Parts::refusal(const domain::Verdict& verdict) const {
    Error error{Errc::denied,
                std::string{name(verdict.reason)} + ": nothing was recorded, because the action would have no effect."};
    if (halted) error.detail += " This desk receives nothing and may not know better: with --force the province judges.";
    return error;
}

// ---- what is pending ------------------------------------------------------------------------------------------------

const replica::Replica& Desk::pending() const {
    parts_->cover({});
    return *parts_->pending;
}

void Desk::Parts::cover(std::span<const StreamId> streams) const {
    const auto missing = [this](const StreamId& stream) {
        return confirmed.state().stream(stream) && !pending->state().stream(stream);
    };
    if (pending && std::none_of(streams.begin(), streams.end(), missing)) return;
    pending = fork_pending(streams);
}

replica::Replica Desk::Parts::fork_pending(std::span<const StreamId> streams) const {
    const auto settled = [this](const OwnAction& own) {
        return own.standing == Standing::logged && (own.position < confirmed.size() || refused(own.verdict));
    };
    while (folded_own < outbox->size() && settled(outbox->at(folded_own))) ++folded_own;
    const auto open = outbox->all().subspan(folded_own);
    std::set<StreamId> wanted{streams.begin(), streams.end()};
    wanted.insert(identity.device);
    for (const OwnAction& own : open) wanted.insert(own.stream);
    const std::vector<StreamId> listed{wanted.begin(), wanted.end()};
    replica::Replica fork = confirmed.fork(listed);
    for (const OwnAction& own : open) {
        if (settled(own)) continue;
        if (const auto action = outbox->decoded(own.seq)) fork.fold_pending(*action, own.id, clock.now());
    }
    return fork;
}

// ---- one action -----------------------------------------------------------------------------------------------------

domain::Header Desk::Parts::header(std::uint64_t seq, const StreamId& stream) const {
    domain::Header made;
    made.schema_version = domain::schema_version;
    made.epoch = identity.epoch;
    made.seq = seq;
    made.log = identity.province.log;
    made.device = identity.device;
    made.stream = stream;
    made.seen_size = seen.size;
    made.seen_root = seen.root;
    made.claimed_time = clock.now();
    made.clock_quality = clock_quality();
    return made;
}

// One that the province found without effect would make everything recorded in it void.
const LiveSession* Desk::Parts::live_session(const AccountId& account) const {
    const auto found = sessions.find(account);
    if (found == sessions.end() || found->second.expires <= session_time()) return nullptr;
    return without_effect(outbox->at(found->second.seq)) ? nullptr : &found->second;
}

// Errc::denied when the officer is locked or has no session that goes on.
Result<domain::Action> Desk::Parts::draft(const Proposal& proposal, std::uint64_t seq) const {
    if (!unlocked.contains(proposal.account)) {
        return Error{Errc::denied, "The officer's key is locked: unlock it with the passphrase first. Nothing was recorded."};
    }
    const LiveSession* session = live_session(proposal.account);
    if (!session) {
        return Error{Errc::denied,
                     "The officer's session has ended, or the province did not accept it: unlock again. Nothing was recorded."};
    }
    domain::Action action{header(seq, proposal.stream), proposal.body};
    action.header.session = session->id;
    action.header.actor = proposal.account;
    action.header.files = proposal.files;
    return action;
}

Result<Recorded> Desk::Parts::add(const domain::Action& action, const SigningKey* signer, bool force,
                                  std::vector<Outbox::Entry>& entries) {
    Outbox::Entry entry;
    entry.action.action = domain::encode(action);
    // What nobody can read must not enter the chain: the province would refuse the whole push, again and again.
    if (const auto read = domain::decode(entry.action.action); !read) {
        const Errc code = read.error().code == Errc::limit ? Errc::limit : Errc::invalid;
        return Error{code, "Nothing was recorded: " + read.error().detail};
    }
    Recorded answer{
        .id = action_id(entry.action.action), .seq = action.header.seq, .preview = pending->preview(action, clock.now())};
    if (refused(answer.preview) && !force) return answer;
    answer.recorded = true;
    if (signer && replica::kind_of(action.body).official) {
        const Signature signature = signer->sign(log::act_statement(answer.id));
        entry.action.signatures.push_back({log::officer_signature, {signature.bytes.begin(), signature.bytes.end()}});
    }
    entry.own = own_action(action, answer.id);
    pending->fold_pending(action, answer.id, clock.now());
    entries.push_back(std::move(entry));
    return answer;
}

Result<void> Desk::Parts::write(std::span<const Outbox::Entry> entries, const ServedRequest* request) {
    auto done = fields.flush();
    if (done) done = outbox->append(entries, request);
    if (!done) {
        pending.reset();
        const bool room = done.error().code != Errc::full;
        return room ? done
                    : Error{Errc::full, "There is no room on the disk, so nothing was recorded. Free some space and do it again. " +
                                            done.error().detail};
    }
    if (!entries.empty()) on_recorded();
    return {};
}

Result<Recorded> Desk::Parts::record_of_device(domain::Body body, const StreamId& stream) {
    cover({&stream, 1});
    std::vector<Outbox::Entry> entries;
    const domain::Action action{header(outbox->size(), stream), std::move(body)};
    auto recorded = add(action, nullptr, true, entries);
    if (!recorded) return recorded;
    if (auto written = write(entries); !written) return written.error();
    return recorded;
}

Result<void> Desk::Parts::open_session(const AccountId& account, Instant expires) {
    const StreamId stream = identity.device;
    cover({&stream, 1});
    const SigningKey& key = unlocked.at(account);
    domain::Action action{header(outbox->size(), stream),
                          domain::SessionOpened{account, key.public_key(), outbox->size(), expires}};
    action.header.actor = account;
    std::vector<Outbox::Entry> entries;
    // Before the first contact the registry does not name this desk yet: the province will know it.
    const bool unknown_here = !confirmed.state().registry.devices.contains(identity.device);
    const auto recorded = add(action, &key, unknown_here, entries);
    if (!recorded) return recorded.error();
    if (!recorded->recorded) return refusal(recorded->preview);
    if (auto written = write(entries); !written) return written;
    sessions[account] = {recorded->id, recorded->seq, expires};
    return {};
}

// ---- what an officer asks for ---------------------------------------------------------------------------------------

domain::Verdict Desk::preview(const Proposal& proposal) const {
    parts_->cover({&proposal.stream, 1});
    domain::Action action{parts_->header(outbox().size(), proposal.stream), proposal.body};
    action.header.actor = proposal.account;
    action.header.files = proposal.files;
    return parts_->pending->preview(action, now());
}

Result<Recorded> Desk::record(Proposal proposal, const RecordOptions& options) {
    auto done = record_many({&proposal, 1}, options);
    if (!done) return done.error();
    if (!done->front().recorded) return parts_->refusal(done->front().preview);
    return done->front();
}

Result<std::vector<Recorded>> Desk::record_many(std::span<const Proposal> proposals, const RecordOptions& options) {
    std::set<StreamId> streams;
    for (const Proposal& proposal : proposals) streams.insert(proposal.stream);
    parts_->cover(std::vector<StreamId>{streams.begin(), streams.end()});
    std::vector<Outbox::Entry> entries;
    std::vector<Recorded> answers;
    for (const Proposal& proposal : proposals) {
        const auto action = parts_->draft(proposal, outbox().size() + entries.size());
        auto answer =
            action ? parts_->add(*action, officer_key(proposal.account), options.force, entries) : Result<Recorded>{action.error()};
        if (!answer) {
            parts_->pending.reset();
            return answer.error();
        }
        answers.push_back(*answer);
        const bool report =
            proposals.size() > judged_step && (answers.size() % judged_step == 0 || answers.size() == proposals.size());
        if (report && options.on_judged && !options.on_judged(answers.size())) {
            parts_->pending.reset();
            return Error{Errc::unreachable, "Whoever asked for this has gone: nothing of it was recorded."};
        }
    }
    if (options.all_or_nothing && entries.size() < proposals.size()) {
        parts_->pending.reset();
        for (Recorded& answer : answers) answer.recorded = false;
        return answers;
    }
    std::optional<ServedRequest> request;
    if (options.asked) request = {options.asked->key, now(), 0, 0, options.asked->answer(answers)};
    if (auto written = parts_->write(entries, request ? &*request : nullptr); !written) return written.error();
    return answers;
}

domain::SealedField Desk::seal_field(std::string_view field, std::string_view value) { return {parts_->fields.seal(field, value)}; }
std::optional<std::string> Desk::open_field(const Hash& commitment) const { return parts_->fields.open(commitment); }

}  // namespace hoso::client

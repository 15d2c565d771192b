#include "client/trial.hpp"

#include "client/desk_parts.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {

Trial::Trial(const Desk& desk, std::span<const StreamId> streams) : desk_(desk), next_seq_(desk.outbox().size()) {
    desk.parts_->cover(streams);
    copy_ = *desk.parts_->pending;
}

std::vector<domain::Verdict> Trial::judge(std::span<const Proposal> together, bool force) {
    std::vector<domain::Verdict> verdicts;
    for (const Proposal& proposal : together) {
        domain::Action action{desk_.parts_->header(next_seq_, proposal.stream), proposal.body};
        action.header.actor = proposal.account;
        action.header.files = proposal.files;
        verdicts.push_back(copy_.preview(action, desk_.now()));
        if (verdicts.back().outcome == domain::Outcome::voided && !force) break;
        copy_.fold_pending(action, action_id(domain::encode(action)), desk_.now());
        ++next_seq_;
    }
    return verdicts;
}

}  // namespace hoso::client

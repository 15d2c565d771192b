#pragma once

#include "shared/domain/refusal.hpp"
#include "shared/log/event.hpp"
#include "shared/replica/state.hpp"

// The parts of the judge, in the order of docs/judgement.md. All of them only read.
namespace hoso::replica {

// The stream an action names, looked up once. A device's stream is there from its enrolment on, also before it holds an event.
struct Site {
    const Stream* stream = nullptr;
    const domain::Device* device = nullptr;
    bool exists() const { return stream || device; }
};
Site site_of(const State& state, const StreamId& stream);

// unauthentic or session_expired: for the ledger and for auditors of the whole log.
std::optional<domain::Refusal> forgery(const State& state, const domain::Occasion& occasion, const domain::Body& body,
                                       std::span<const log::DetachedSignature> signatures);

// The action stands in a stream of its kind.
std::optional<domain::Refusal> misplacement(const State& state, const Site& site, const domain::Occasion& occasion,
                                            const domain::Body& body);
// What it names exists and is in the right phase: the refuse of its kind.
std::optional<domain::Refusal> refusal(const State& state, const Site& site, const domain::Occasion& occasion,
                                       const domain::Body& body);
// Role, place and validity: effective, held or void.
domain::Verdict authority(const State& state, const Site& site, const domain::Occasion& occasion, const domain::Body& body);
// The dates it states lie within the bracket.
bool dates_hold(const State& state, const Site& site, const domain::Occasion& occasion, const domain::Body& body);

// It recognises under a regulation that no longer decides dossiers of this filing date and kind.
bool rules_lapsed(const State& state, const Site& site, const domain::Body& body);

domain::Verdict judge(const State& state, const Site& site, const domain::Occasion& occasion, const domain::Body& body);

// The refusals of the kinds that change more than the registry or a product.
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::Genesis&);
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::JudgeUpgraded& action);
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::SessionOpened& action);
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::SlipMisused& action);
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::Adopted& action);
std::optional<domain::Refusal> refuse(const State& state, const Site& site, const domain::Occasion& occasion,
                                      const domain::Annulled& action);

}  // namespace hoso::replica

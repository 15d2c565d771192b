#pragma once

#include <array>

#include "shared/domain/action.hpp"

// The table of kinds in docs/judgement.md: in which stream a kind stands, who may act and where, and whether it is an official act.
namespace hoso::replica {

enum class Home : std::uint8_t { registry, device, opens_subject, opens_product, product, held };

enum class Place : std::uint8_t {
    anyone,            // whoever holds the slip or the key that signed
    server,            // the server's own device
    root,              // the root unit, or above nothing
    within_named,      // the unit named, or above it
    slip,              // the same, and so for every unit that the slip's account acts for
    exactly_named,     // the unit named
    within_stream,     // the stream's unit, or above it
    exactly_stage,     // the unit that holds the stage
    exactly_entering,  // the unit that holds the stage which enters the stage's results
    exactly_council,   // the unit of the council
    exactly_decision,  // the unit of the decision, which the product's unit lies within
    council,           // a seat
    held,              // where the held act has its place, or above it; for registry and device streams the root's administrator
};

struct Kind {
    std::size_t index = 0;
    Home home{};
    Place place{};
    std::uint8_t who = 0;   // bits of Role, or of Seat for Place::council
    bool official = false;  // carries the officer's detached signature
};

template <typename Wanted, std::size_t Index = 0>
consteval std::size_t index_of() {
    if constexpr (std::is_same_v<Wanted, std::variant_alternative_t<Index, domain::AnyBody>>) {
        return Index;
    } else {
        return index_of<Wanted, Index + 1>();
    }
}

template <typename... Names>
consteval std::uint8_t bits(Names... names) {
    return static_cast<std::uint8_t>((0u | ... | (1u << static_cast<unsigned>(names))));
}

template <typename Named>
consteval Kind kind(Home home, Place place, std::uint8_t who = 0, bool official = false) {
    return {index_of<Named>(), home, place, who, official};
}

inline constexpr bool officially = true;

inline constexpr auto kinds = [] {
    using namespace domain;
    using enum Home;
    constexpr auto administrator = bits(Role::administrator);
    constexpr auto officer = bits(Role::officer);
    constexpr auto adviser = bits(Role::adviser);
    constexpr auto secretary = bits(Role::secretary);
    constexpr auto signer = bits(Role::signer);
    constexpr auto secretary_or_signer = bits(Role::secretary, Role::signer);
    constexpr auto anybody_at_work = bits(Role::officer, Role::adviser, Role::secretary, Role::signer);
    constexpr auto officer_or_secretary = bits(Role::officer, Role::secretary);
    constexpr auto adviser_or_secretary = bits(Role::adviser, Role::secretary);
    constexpr auto inspects = bits(Role::officer, Role::adviser, Role::secretary);
    constexpr auto leads = bits(Seat::chair, Seat::secretary);
    constexpr auto sits = bits(Seat::chair, Seat::secretary, Seat::member);
    return std::array{
        kind<Genesis>(registry, Place::server),
        kind<UnitCreated>(registry, Place::root, administrator, officially),
        kind<UnitClosed>(registry, Place::root, administrator, officially),
        kind<AccountCreated>(registry, Place::within_named, administrator, officially),
        kind<SlipIssued>(registry, Place::slip, administrator, officially),
        kind<DeviceEnrolled>(registry, Place::anyone),
        kind<OfficerKeyAdded>(registry, Place::anyone),
        kind<MandateGranted>(registry, Place::root, administrator, officially),
        kind<MandateEnded>(registry, Place::root, administrator, officially),
        kind<RuleSetPublished>(registry, Place::root, administrator, officially),
        kind<RoundOpened>(registry, Place::root, administrator, officially),
        kind<CouncilEstablished>(registry, Place::exactly_named, secretary_or_signer, officially),
        kind<NumberBlockGranted>(registry, Place::root, administrator, officially),
        kind<MeetingOpened>(registry, Place::council, leads, officially),
        kind<MeetingClosed>(registry, Place::council, leads, officially),
        kind<DecisionSigned>(registry, Place::exactly_named, signer, officially),
        kind<JudgeUpgraded>(registry, Place::root, administrator, officially),
        kind<SessionOpened>(device, Place::anyone, 0, officially),
        kind<SlipMisused>(device, Place::server),
        kind<SubjectRegistered>(opens_subject, Place::within_stream, officer),
        kind<ProductRegistered>(opens_product, Place::within_stream, officer),
        kind<LegacyRecognised>(product, Place::within_stream, secretary_or_signer, officially),
        kind<RenewalAnswered>(product, Place::within_stream, officer),
        kind<DossierOpened>(product, Place::within_stream, officer),
        kind<FieldSet>(product, Place::within_stream, officer),
        kind<DocumentAdded>(product, Place::within_stream, officer),
        kind<NoteAdded>(product, Place::within_stream, anybody_at_work),
        kind<SelfAssessed>(product, Place::within_stream, officer),
        kind<OpinionGiven>(product, Place::exactly_stage, officer),
        kind<Submitted>(product, Place::within_stream, officer),
        kind<Withdrawn>(product, Place::within_stream, officer),
        kind<Received>(product, Place::exactly_stage, secretary),
        kind<Returned>(product, Place::exactly_stage, secretary),
        kind<AdvisoryReported>(product, Place::exactly_stage, adviser),
        kind<SheetSubmitted>(product, Place::council, sits, officially),
        kind<Tallied>(product, Place::council, leads, officially),
        kind<Recognised>(product, Place::exactly_stage, secretary_or_signer, officially),
        kind<Forwarded>(product, Place::exactly_stage, secretary, officially),
        kind<Declined>(product, Place::exactly_stage, signer, officially),
        kind<ResultEntered>(product, Place::exactly_entering, secretary, officially),
        kind<CertificateRevoked>(product, Place::exactly_decision, secretary_or_signer, officially),
        kind<Adopted>(held, Place::held, signer, officially),
        kind<Annulled>(held, Place::held, signer, officially),
        kind<PaperTallied>(product, Place::council, leads, officially),
        kind<OfficeCreated>(registry, Place::root, administrator, officially),
        kind<OfficeRenamed>(registry, Place::root, administrator, officially),
        kind<UnitRenamed>(registry, Place::root, administrator, officially),
        kind<CalendarSet>(registry, Place::root, administrator, officially),
        kind<NoticeIssued>(registry, Place::exactly_named, secretary_or_signer, officially),
        kind<CouncilChanged>(registry, Place::exactly_council, secretary_or_signer, officially),
        kind<MinutesFiled>(registry, Place::council, leads, officially),
        kind<ResultsPublished>(registry, Place::exactly_named, secretary_or_signer, officially),
        kind<PackageSent>(registry, Place::exactly_named, secretary, officially),
        kind<FormNumbered>(registry, Place::exactly_named, officer_or_secretary),
        kind<ReminderSent>(registry, Place::within_named, secretary),
        kind<DifficultyRaised>(registry, Place::within_named, officer_or_secretary),
        kind<DifficultyResolved>(registry, Place::within_named, secretary_or_signer),
        kind<PromotionHeld>(registry, Place::within_named, officer_or_secretary),
        kind<IdeaReviewed>(product, Place::root, adviser_or_secretary, officially),
        kind<ProductCoded>(product, Place::within_stream, officer_or_secretary),
        kind<Recused>(product, Place::council, sits, officially),
        kind<SamplesReceived>(product, Place::exactly_stage, adviser_or_secretary),
        kind<ExpiryNotified>(product, Place::within_stream, secretary_or_signer, officially),
        kind<Inspected>(product, Place::within_stream, inspects, officially),
        kind<RevocationServed>(product, Place::within_stream, secretary_or_signer, officially),
        kind<ComplaintFiled>(product, Place::within_stream, officer_or_secretary),
        kind<ComplaintResolved>(product, Place::within_stream, secretary_or_signer, officially),
        kind<Corrected>(product, Place::within_stream, secretary_or_signer, officially),
        kind<PromotionJoined>(product, Place::within_stream, officer),
        kind<FileStored>(product, Place::server),
    };
}();

consteval bool kinds_in_order() {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i].index != i) return false;
    }
    return kinds.size() == std::variant_size_v<domain::AnyBody>;
}
static_assert(kinds_in_order(), "one row for every kind, in the order of the schema");

inline const Kind& kind_of(const domain::Body& body) { return kinds[body.index()]; }
template <typename Named>
inline constexpr Home home_of = kinds[index_of<Named>()].home;

}  // namespace hoso::replica

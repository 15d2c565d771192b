#pragma once

#include <optional>

#include "shared/domain/product.hpp"
#include "shared/domain/registry.hpp"

// One refuse and one apply for every kind of action, in the order of docs/judgement.md. A rule reads the registry, its own stream
// and the occasion, and nothing else, so that every replica that holds the stream comes to the same answer. Forget one and the
// visitors in shared/replica do not compile; those are named otherwise, or a missing overload would find them.
namespace hoso::domain {

struct Refusal {
    Reason reason = Reason::none;
    Position against = no_position;  // of the event that stands in the way
    bool operator==(const Refusal&) const = default;
};

// Who acts, and when that is logged. For an adopted action: its own header and id, and the position and times of the adoption.
struct Occasion {
    const Header& header;
    const ActionId& id;
    Position position = no_position;
    Instant received = 0;
    Instant seen_time = 0;
};

// ---- registry stream ------------------------------------------------------------------------------------------------
// apply is called only after refuse has nothing to say, for all kinds.

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const UnitCreated& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const UnitClosed& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const AccountCreated& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const SlipIssued& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DeviceEnrolled& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const OfficerKeyAdded& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const MandateGranted& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const MandateEnded& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const RuleSetPublished& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const RoundOpened& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const CouncilEstablished& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const NumberBlockGranted& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const MeetingOpened& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const MeetingClosed& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DecisionSigned& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const OfficeCreated& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const OfficeRenamed& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const UnitRenamed& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const CalendarSet& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const NoticeIssued& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const CouncilChanged& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const MinutesFiled& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const ResultsPublished& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const PackageSent& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const FormNumbered& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const ReminderSent& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DifficultyRaised& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DifficultyResolved& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const PromotionHeld& action);

void apply(Registry& registry, const Occasion& occasion, const Genesis& action);
void apply(Registry& registry, const Occasion& occasion, const UnitCreated& action);
void apply(Registry& registry, const Occasion& occasion, const UnitClosed& action);
void apply(Registry& registry, const Occasion& occasion, const AccountCreated& action);
void apply(Registry& registry, const Occasion& occasion, const SlipIssued& action);
void apply(Registry& registry, const Occasion& occasion, const DeviceEnrolled& action);
void apply(Registry& registry, const Occasion& occasion, const OfficerKeyAdded& action);
void apply(Registry& registry, const Occasion& occasion, const MandateGranted& action);
void apply(Registry& registry, const Occasion& occasion, const MandateEnded& action);
void apply(Registry& registry, const Occasion& occasion, const RuleSetPublished& action);
void apply(Registry& registry, const Occasion& occasion, const RoundOpened& action);
void apply(Registry& registry, const Occasion& occasion, const CouncilEstablished& action);
void apply(Registry& registry, const Occasion& occasion, const NumberBlockGranted& action);
void apply(Registry& registry, const Occasion& occasion, const MeetingOpened& action);
void apply(Registry& registry, const Occasion& occasion, const MeetingClosed& action);
void apply(Registry& registry, const Occasion& occasion, const DecisionSigned& action);
void apply(Registry& registry, const Occasion& occasion, const OfficeCreated& action);
void apply(Registry& registry, const Occasion& occasion, const OfficeRenamed& action);
void apply(Registry& registry, const Occasion& occasion, const UnitRenamed& action);
void apply(Registry& registry, const Occasion& occasion, const CalendarSet& action);
void apply(Registry& registry, const Occasion& occasion, const NoticeIssued& action);
void apply(Registry& registry, const Occasion& occasion, const CouncilChanged& action);
void apply(Registry& registry, const Occasion& occasion, const MinutesFiled& action);
void apply(Registry& registry, const Occasion& occasion, const ResultsPublished& action);
void apply(Registry& registry, const Occasion& occasion, const PackageSent& action);
void apply(Registry& registry, const Occasion& occasion, const FormNumbered& action);
void apply(Registry& registry, const Occasion& occasion, const ReminderSent& action);
void apply(Registry& registry, const Occasion& occasion, const DifficultyRaised& action);
void apply(Registry& registry, const Occasion& occasion, const DifficultyResolved& action);
void apply(Registry& registry, const Occasion& occasion, const PromotionHeld& action);

// ---- subject and product streams ------------------------------------------------------------------------------------
// A registration is asked only for a stream that does not exist yet (else already_exists or wrong_stream, said by the judge), and
// its apply gets an empty Subject or Product with its id. All other kinds are asked only where the stream holds a product (else
// wrong_stream).

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const SubjectRegistered& action);
std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const ProductRegistered& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const LegacyRecognised& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const RenewalAnswered& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const DossierOpened& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const FieldSet& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const DocumentAdded& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const FileStored& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const NoteAdded& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const SelfAssessed& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const OpinionGiven& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Submitted& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Withdrawn& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Received& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Returned& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const AdvisoryReported& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const SheetSubmitted& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Tallied& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const PaperTallied& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Recognised& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Forwarded& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Declined& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const ResultEntered& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const CertificateRevoked& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const IdeaReviewed& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const ProductCoded& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Recused& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const SamplesReceived& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const ExpiryNotified& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Inspected& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const RevocationServed& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const ComplaintFiled& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const ComplaintResolved& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Corrected& action);
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const PromotionJoined& action);

void apply(const Registry& registry, Subject& subject, const Occasion& occasion, const SubjectRegistered& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ProductRegistered& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const LegacyRecognised& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const RenewalAnswered& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const DossierOpened& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const FieldSet& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const DocumentAdded& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const FileStored& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const NoteAdded& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const SelfAssessed& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const OpinionGiven& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Submitted& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Withdrawn& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Received& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Returned& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const AdvisoryReported& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const SheetSubmitted& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Tallied& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const PaperTallied& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Recognised& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Forwarded& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Declined& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ResultEntered& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const CertificateRevoked& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const IdeaReviewed& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ProductCoded& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Recused& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const SamplesReceived& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ExpiryNotified& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Inspected& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const RevocationServed& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ComplaintFiled& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ComplaintResolved& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Corrected& action);
void apply(const Registry& registry, Product& product, const Occasion& occasion, const PromotionJoined& action);

}  // namespace hoso::domain

#pragma once

#include <variant>

#include "shared/domain/care_actions.hpp"
#include "shared/domain/council_actions.hpp"
#include "shared/domain/product_actions.hpp"
#include "shared/domain/programme_actions.hpp"
#include "shared/domain/registry_actions.hpp"

// An action is what an officer did, decoded. Its bytes, once made, never change.
namespace hoso::domain {

struct Header {
    std::uint16_t schema_version = 1;
    std::uint32_t epoch = 0;
    std::uint64_t seq = 0;
    LogId log;
    DeviceId device;
    ActionId session;
    AccountId actor;
    StreamId stream;
    std::uint64_t seen_size = 0;
    Hash seen_root;
    Instant claimed_time = 0;
    ClockQuality clock_quality{};
    std::vector<FileReference> files;
    bool operator==(const Header&) const = default;
};

using AnyBody =
    std::variant<Genesis, UnitCreated, UnitClosed, AccountCreated, SlipIssued, DeviceEnrolled, OfficerKeyAdded, MandateGranted,
                 MandateEnded, RuleSetPublished, RoundOpened, CouncilEstablished, NumberBlockGranted, MeetingOpened, MeetingClosed,
                 DecisionSigned, JudgeUpgraded, SessionOpened, SlipMisused, SubjectRegistered, ProductRegistered, LegacyRecognised,
                 RenewalAnswered, DossierOpened, FieldSet, DocumentAdded, NoteAdded, SelfAssessed, OpinionGiven, Submitted,
                 Withdrawn, Received, Returned, AdvisoryReported, SheetSubmitted, Tallied, Recognised, Forwarded, Declined,
                 ResultEntered, CertificateRevoked, Adopted, Annulled, PaperTallied, OfficeCreated, OfficeRenamed, UnitRenamed,
                 CalendarSet, NoticeIssued, CouncilChanged, MinutesFiled, ResultsPublished, PackageSent, FormNumbered, ReminderSent,
                 DifficultyRaised, DifficultyResolved, PromotionHeld, IdeaReviewed, ProductCoded, Recused, SamplesReceived,
                 ExpiryNotified, Inspected, RevocationServed, ComplaintFiled, ComplaintResolved, Corrected, PromotionJoined,
                 FileStored>;

// Made, copied, compared and destroyed in one place, as the seventy kinds would be in every file that holds an action.
struct Body : AnyBody {
    using AnyBody::AnyBody;
    Body();
    Body(const Body&);
    Body(Body&&) noexcept;
    Body& operator=(const Body&);
    Body& operator=(Body&&) noexcept;
    ~Body();
    bool operator==(const Body& other) const;
};

struct Action {
    Header header;
    Body body;
    bool operator==(const Action&) const = default;
};

}  // namespace hoso::domain

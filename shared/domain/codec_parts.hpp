#pragma once

#include <kj/exception.h>

#include "schema/action.capnp.h"
#include "shared/domain/action.hpp"

// Pieces of the action codec: one `put` and one `get` per struct, in the order of the schema.
namespace hoso::domain::codec {

// Takes values out of a message and remembers the first field that does not have its form.
class Take {
public:
    template <std::size_t Size, typename Tag>
    void fixed(capnp::Data::Reader from, FixedBytes<Size, Tag>& to, const char* field) {
        if (from.size() != Size) return fail(field);
        std::copy(from.begin(), from.end(), to.bytes.begin());
    }
    void bytes(capnp::Data::Reader from, Bytes& to) { to.assign(from.begin(), from.end()); }
    void text(capnp::Text::Reader from, std::string& to, const char* field) {
        to.assign(from.begin(), from.size());
        if (!is_utf8(as_bytes(to)) || to.find('\0') != std::string::npos) fail(field);
    }
    // Years 1 to 9999: no calendar arithmetic on a date that was taken leaves its types.
    void date(std::int32_t days, Date& to, const char* field) {
        if (days < first_day || days > last_day) return fail(field);
        to = from_days(days);
    }
    template <typename From, typename To>
    void enumerator(From from, To& to, To last, const char* field) {
        if (static_cast<std::uint16_t>(from) > static_cast<std::uint16_t>(last)) return fail(field);
        to = static_cast<To>(from);
    }
    void fail(const char* field) {
        if (!fault_) fault_ = field;
    }
    const char* fault() const { return fault_; }

private:
    static constexpr std::int32_t first_day = -719'162;
    static constexpr std::int32_t last_day = 2'932'896;
    const char* fault_ = nullptr;
};

template <std::size_t Size, typename Tag>
capnp::Data::Reader data(const FixedBytes<Size, Tag>& from) {
    return {from.bytes.data(), Size};
}
inline capnp::Data::Reader data(const Bytes& from) { return {from.data(), from.size()}; }

void put(schema::SealedField::Builder to, const SealedField& from);
void get(schema::SealedField::Reader from, SealedField& to, Take& take);
void put(schema::FileReference::Builder to, const FileReference& from);
void get(schema::FileReference::Reader from, FileReference& to, Take& take);
void put(schema::Founder::Builder to, const Founder& from);
void get(schema::Founder::Reader from, Founder& to, Take& take);
void put(schema::Genesis::Builder to, const Genesis& from);
void get(schema::Genesis::Reader from, Genesis& to, Take& take);
void put(schema::UnitCreated::Builder to, const UnitCreated& from);
void get(schema::UnitCreated::Reader from, UnitCreated& to, Take& take);
void put(schema::Successor::Builder to, const Successor& from);
void get(schema::Successor::Reader from, Successor& to, Take& take);
void put(schema::UnitClosed::Builder to, const UnitClosed& from);
void get(schema::UnitClosed::Reader from, UnitClosed& to, Take& take);
void put(schema::AccountCreated::Builder to, const AccountCreated& from);
void get(schema::AccountCreated::Reader from, AccountCreated& to, Take& take);
void put(schema::SlipIssued::Builder to, const SlipIssued& from);
void get(schema::SlipIssued::Reader from, SlipIssued& to, Take& take);
void put(schema::DeviceEnrolled::Builder to, const DeviceEnrolled& from);
void get(schema::DeviceEnrolled::Reader from, DeviceEnrolled& to, Take& take);
void put(schema::OfficerKeyAdded::Builder to, const OfficerKeyAdded& from);
void get(schema::OfficerKeyAdded::Reader from, OfficerKeyAdded& to, Take& take);
void put(schema::MandateGranted::Builder to, const MandateGranted& from);
void get(schema::MandateGranted::Reader from, MandateGranted& to, Take& take);
void put(schema::MandateEnded::Builder to, const MandateEnded& from);
void get(schema::MandateEnded::Reader from, MandateEnded& to, Take& take);
void put(schema::RuleSetPublished::Builder to, const RuleSetPublished& from);
void get(schema::RuleSetPublished::Reader from, RuleSetPublished& to, Take& take);
void put(schema::RoundOpened::Builder to, const RoundOpened& from);
void get(schema::RoundOpened::Reader from, RoundOpened& to, Take& take);
void put(schema::NumberBlockGranted::Builder to, const NumberBlockGranted& from);
void get(schema::NumberBlockGranted::Reader from, NumberBlockGranted& to, Take& take);
void put(schema::JudgeUpgraded::Builder to, const JudgeUpgraded& from);
void get(schema::JudgeUpgraded::Reader from, JudgeUpgraded& to, Take& take);
void put(schema::SessionOpened::Builder to, const SessionOpened& from);
void get(schema::SessionOpened::Reader from, SessionOpened& to, Take& take);
void put(schema::SlipMisused::Builder to, const SlipMisused& from);
void get(schema::SlipMisused::Reader from, SlipMisused& to, Take& take);
void put(schema::CouncilMember::Builder to, const CouncilMember& from);
void get(schema::CouncilMember::Reader from, CouncilMember& to, Take& take);
void put(schema::CouncilEstablished::Builder to, const CouncilEstablished& from);
void get(schema::CouncilEstablished::Reader from, CouncilEstablished& to, Take& take);
void put(schema::Number::Builder to, const Number& from);
void get(schema::Number::Reader from, Number& to, Take& take);
void put(schema::SealedKey::Builder to, const SealedKey& from);
void get(schema::SealedKey::Reader from, SealedKey& to, Take& take);
void put(schema::DossierReference::Builder to, const DossierReference& from);
void get(schema::DossierReference::Reader from, DossierReference& to, Take& take);
void put(schema::MeetingOpened::Builder to, const MeetingOpened& from);
void get(schema::MeetingOpened::Reader from, MeetingOpened& to, Take& take);
void put(schema::MeetingClosed::Builder to, const MeetingClosed& from);
void get(schema::MeetingClosed::Reader from, MeetingClosed& to, Take& take);
void put(schema::DecisionLine::Builder to, const DecisionLine& from);
void get(schema::DecisionLine::Reader from, DecisionLine& to, Take& take);
void put(schema::DecisionSigned::Builder to, const DecisionSigned& from);
void get(schema::DecisionSigned::Reader from, DecisionSigned& to, Take& take);
void put(schema::SheetSubmitted::Builder to, const SheetSubmitted& from);
void get(schema::SheetSubmitted::Reader from, SheetSubmitted& to, Take& take);
void put(schema::Tallied::Builder to, const Tallied& from);
void get(schema::Tallied::Reader from, Tallied& to, Take& take);
void put(schema::PaperTallied::Builder to, const PaperTallied& from);
void get(schema::PaperTallied::Reader from, PaperTallied& to, Take& take);
void put(schema::Recognised::Builder to, const Recognised& from);
void get(schema::Recognised::Reader from, Recognised& to, Take& take);
void put(schema::Forwarded::Builder to, const Forwarded& from);
void get(schema::Forwarded::Reader from, Forwarded& to, Take& take);
void put(schema::Declined::Builder to, const Declined& from);
void get(schema::Declined::Reader from, Declined& to, Take& take);
void put(schema::ResultEntered::Builder to, const ResultEntered& from);
void get(schema::ResultEntered::Reader from, ResultEntered& to, Take& take);
void put(schema::CertificateRevoked::Builder to, const CertificateRevoked& from);
void get(schema::CertificateRevoked::Reader from, CertificateRevoked& to, Take& take);
void put(schema::SubjectRegistered::Builder to, const SubjectRegistered& from);
void get(schema::SubjectRegistered::Reader from, SubjectRegistered& to, Take& take);
void put(schema::ProductRegistered::Builder to, const ProductRegistered& from);
void get(schema::ProductRegistered::Reader from, ProductRegistered& to, Take& take);
void put(schema::LegacyRecognised::Builder to, const LegacyRecognised& from);
void get(schema::LegacyRecognised::Reader from, LegacyRecognised& to, Take& take);
void put(schema::RenewalAnswered::Builder to, const RenewalAnswered& from);
void get(schema::RenewalAnswered::Reader from, RenewalAnswered& to, Take& take);
void put(schema::DossierOpened::Builder to, const DossierOpened& from);
void get(schema::DossierOpened::Reader from, DossierOpened& to, Take& take);
void put(schema::FieldSet::Builder to, const FieldSet& from);
void get(schema::FieldSet::Reader from, FieldSet& to, Take& take);
void put(schema::DocumentAdded::Builder to, const DocumentAdded& from);
void get(schema::DocumentAdded::Reader from, DocumentAdded& to, Take& take);
void put(schema::FileStored::Builder to, const FileStored& from);
void get(schema::FileStored::Reader from, FileStored& to, Take& take);
void put(schema::NoteAdded::Builder to, const NoteAdded& from);
void get(schema::NoteAdded::Reader from, NoteAdded& to, Take& take);
void put(schema::SelfAssessed::Builder to, const SelfAssessed& from);
void get(schema::SelfAssessed::Reader from, SelfAssessed& to, Take& take);
void put(schema::OpinionGiven::Builder to, const OpinionGiven& from);
void get(schema::OpinionGiven::Reader from, OpinionGiven& to, Take& take);
void put(schema::Submitted::Builder to, const Submitted& from);
void get(schema::Submitted::Reader from, Submitted& to, Take& take);
void put(schema::Withdrawn::Builder to, const Withdrawn& from);
void get(schema::Withdrawn::Reader from, Withdrawn& to, Take& take);
void put(schema::Received::Builder to, const Received& from);
void get(schema::Received::Reader from, Received& to, Take& take);
void put(schema::ReturnedItem::Builder to, const ReturnedItem& from);
void get(schema::ReturnedItem::Reader from, ReturnedItem& to, Take& take);
void put(schema::Returned::Builder to, const Returned& from);
void get(schema::Returned::Reader from, Returned& to, Take& take);
void put(schema::AdvisoryReported::Builder to, const AdvisoryReported& from);
void get(schema::AdvisoryReported::Reader from, AdvisoryReported& to, Take& take);
void put(schema::Adopted::Builder to, const Adopted& from);
void get(schema::Adopted::Reader from, Adopted& to, Take& take);
void put(schema::Annulled::Builder to, const Annulled& from);
void get(schema::Annulled::Reader from, Annulled& to, Take& take);
void put(schema::OfficeCreated::Builder to, const OfficeCreated& from);
void get(schema::OfficeCreated::Reader from, OfficeCreated& to, Take& take);
void put(schema::OfficeRenamed::Builder to, const OfficeRenamed& from);
void get(schema::OfficeRenamed::Reader from, OfficeRenamed& to, Take& take);
void put(schema::UnitRenamed::Builder to, const UnitRenamed& from);
void get(schema::UnitRenamed::Reader from, UnitRenamed& to, Take& take);
void put(schema::CalendarSet::Builder to, const CalendarSet& from);
void get(schema::CalendarSet::Reader from, CalendarSet& to, Take& take);
void put(schema::NoticeDeadline::Builder to, const NoticeDeadline& from);
void get(schema::NoticeDeadline::Reader from, NoticeDeadline& to, Take& take);
void put(schema::NoticeLine::Builder to, const NoticeLine& from);
void get(schema::NoticeLine::Reader from, NoticeLine& to, Take& take);
void put(schema::NoticeList::Builder to, const NoticeList& from);
void get(schema::NoticeList::Reader from, NoticeList& to, Take& take);
void put(schema::NoticeIssued::Builder to, const NoticeIssued& from);
void get(schema::NoticeIssued::Reader from, NoticeIssued& to, Take& take);
void put(schema::ResultsPublished::Builder to, const ResultsPublished& from);
void get(schema::ResultsPublished::Reader from, ResultsPublished& to, Take& take);
void put(schema::PackageSent::Builder to, const PackageSent& from);
void get(schema::PackageSent::Reader from, PackageSent& to, Take& take);
void put(schema::FormNumbered::Builder to, const FormNumbered& from);
void get(schema::FormNumbered::Reader from, FormNumbered& to, Take& take);
void put(schema::ReminderSent::Builder to, const ReminderSent& from);
void get(schema::ReminderSent::Reader from, ReminderSent& to, Take& take);
void put(schema::DifficultyRaised::Builder to, const DifficultyRaised& from);
void get(schema::DifficultyRaised::Reader from, DifficultyRaised& to, Take& take);
void put(schema::DifficultyResolved::Builder to, const DifficultyResolved& from);
void get(schema::DifficultyResolved::Reader from, DifficultyResolved& to, Take& take);
void put(schema::PromotionHeld::Builder to, const PromotionHeld& from);
void get(schema::PromotionHeld::Reader from, PromotionHeld& to, Take& take);
void put(schema::IdeaReviewed::Builder to, const IdeaReviewed& from);
void get(schema::IdeaReviewed::Reader from, IdeaReviewed& to, Take& take);
void put(schema::ProductCoded::Builder to, const ProductCoded& from);
void get(schema::ProductCoded::Reader from, ProductCoded& to, Take& take);
void put(schema::ExpiryNotified::Builder to, const ExpiryNotified& from);
void get(schema::ExpiryNotified::Reader from, ExpiryNotified& to, Take& take);
void put(schema::Inspected::Builder to, const Inspected& from);
void get(schema::Inspected::Reader from, Inspected& to, Take& take);
void put(schema::RevocationServed::Builder to, const RevocationServed& from);
void get(schema::RevocationServed::Reader from, RevocationServed& to, Take& take);
void put(schema::ComplaintFiled::Builder to, const ComplaintFiled& from);
void get(schema::ComplaintFiled::Reader from, ComplaintFiled& to, Take& take);
void put(schema::ComplaintResolved::Builder to, const ComplaintResolved& from);
void get(schema::ComplaintResolved::Reader from, ComplaintResolved& to, Take& take);
void put(schema::Corrected::Builder to, const Corrected& from);
void get(schema::Corrected::Reader from, Corrected& to, Take& take);
void put(schema::PromotionJoined::Builder to, const PromotionJoined& from);
void get(schema::PromotionJoined::Reader from, PromotionJoined& to, Take& take);
void put(schema::Adviser::Builder to, const Adviser& from);
void get(schema::Adviser::Reader from, Adviser& to, Take& take);
void put(schema::CouncilChanged::Builder to, const CouncilChanged& from);
void get(schema::CouncilChanged::Reader from, CouncilChanged& to, Take& take);
void put(schema::MinutesFiled::Builder to, const MinutesFiled& from);
void get(schema::MinutesFiled::Reader from, MinutesFiled& to, Take& take);
void put(schema::Recused::Builder to, const Recused& from);
void get(schema::Recused::Reader from, Recused& to, Take& take);
void put(schema::SamplesReceived::Builder to, const SamplesReceived& from);
void get(schema::SamplesReceived::Reader from, SamplesReceived& to, Take& take);

template <typename Builder, typename Item>
void put_list(Builder to, const std::vector<Item>& from) {
    for (unsigned i = 0; i < from.size(); ++i) {
        if constexpr (std::is_same_v<Item, std::string> || std::is_arithmetic_v<Item>) {
            to.set(i, from[i]);
        } else if constexpr (std::is_same_v<Item, Date>) {
            to.set(i, to_days(from[i]));
        } else if constexpr (requires { from[i].bytes; }) {
            to.set(i, data(from[i]));
        } else {
            put(to[i], from[i]);
        }
    }
}

template <typename Reader, typename Item>
void get_list(Reader from, std::vector<Item>& to, Take& take, const char* field) {
    to.resize(from.size());
    for (unsigned i = 0; i < from.size(); ++i) {
        if constexpr (std::is_same_v<Item, std::string>) {
            take.text(from[i], to[i], field);
        } else if constexpr (std::is_same_v<Item, Date>) {
            take.date(from[i], to[i], field);
        } else if constexpr (std::is_arithmetic_v<Item>) {
            to[i] = from[i];
        } else if constexpr (requires { to[i].bytes; }) {
            take.fixed(from[i], to[i], field);
        } else {
            get(from[i], to[i], take);
        }
    }
}

}  // namespace hoso::domain::codec

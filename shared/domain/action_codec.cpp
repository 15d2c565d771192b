#include "shared/domain/action_codec.hpp"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include "shared/domain/codec_parts.hpp"

namespace hoso::domain {
namespace codec {

void put(schema::SealedField::Builder to, const SealedField& from) { to.setCommitment(data(from.commitment)); }

void get(schema::SealedField::Reader from, SealedField& to, Take& take) {
    take.fixed(from.getCommitment(), to.commitment, "commitment");
}

void put(schema::FileReference::Builder to, const FileReference& from) {
    to.setRoot(data(from.root));
    to.setSize(from.size);
    to.setMediaType(from.media_type);
    to.setRole(from.role);
}

void get(schema::FileReference::Reader from, FileReference& to, Take& take) {
    take.fixed(from.getRoot(), to.root, "root");
    to.size = from.getSize();
    take.text(from.getMediaType(), to.media_type, "mediaType");
    take.text(from.getRole(), to.role, "role");
}

namespace {

void put_header(schema::Header::Builder to, const Header& from) {
    to.setSchemaVersion(from.schema_version);
    to.setEpoch(from.epoch);
    to.setSeq(from.seq);
    if (!from.log.is_nil()) to.setLog(data(from.log));
    to.setDevice(data(from.device));
    if (!from.session.is_nil()) to.setSession(data(from.session));
    if (!from.actor.is_nil()) to.setActor(data(from.actor));
    to.setStream(data(from.stream));
    to.setSeenSize(from.seen_size);
    to.setSeenRoot(data(from.seen_root));
    to.setClaimedTime(from.claimed_time);
    to.setClockQuality(static_cast<schema::ClockQuality>(from.clock_quality));
    put_list(to.initFiles(static_cast<unsigned>(from.files.size())), from.files);
}

void get_header(schema::Header::Reader from, Header& to, Take& take) {
    to.schema_version = from.getSchemaVersion();
    to.epoch = from.getEpoch();
    to.seq = from.getSeq();
    if (from.hasLog()) take.fixed(from.getLog(), to.log, "log");
    take.fixed(from.getDevice(), to.device, "device");
    if (from.hasSession()) take.fixed(from.getSession(), to.session, "session");
    if (from.hasActor()) take.fixed(from.getActor(), to.actor, "actor");
    take.fixed(from.getStream(), to.stream, "stream");
    to.seen_size = from.getSeenSize();
    take.fixed(from.getSeenRoot(), to.seen_root, "seenRoot");
    to.claimed_time = from.getClaimedTime();
    take.enumerator(from.getClockQuality(), to.clock_quality, ClockQuality::training, "clockQuality");
    get_list(from.getFiles(), to.files, take, "files");
}

void put_body(schema::Body::Builder to, const Genesis& from) { put(to.initGenesis(), from); }
void put_body(schema::Body::Builder to, const UnitCreated& from) { put(to.initUnitCreated(), from); }
void put_body(schema::Body::Builder to, const UnitClosed& from) { put(to.initUnitClosed(), from); }
void put_body(schema::Body::Builder to, const AccountCreated& from) { put(to.initAccountCreated(), from); }
void put_body(schema::Body::Builder to, const SlipIssued& from) { put(to.initSlipIssued(), from); }
void put_body(schema::Body::Builder to, const DeviceEnrolled& from) { put(to.initDeviceEnrolled(), from); }
void put_body(schema::Body::Builder to, const OfficerKeyAdded& from) { put(to.initOfficerKeyAdded(), from); }
void put_body(schema::Body::Builder to, const MandateGranted& from) { put(to.initMandateGranted(), from); }
void put_body(schema::Body::Builder to, const MandateEnded& from) { put(to.initMandateEnded(), from); }
void put_body(schema::Body::Builder to, const RuleSetPublished& from) { put(to.initRuleSetPublished(), from); }
void put_body(schema::Body::Builder to, const RoundOpened& from) { put(to.initRoundOpened(), from); }
void put_body(schema::Body::Builder to, const CouncilEstablished& from) { put(to.initCouncilEstablished(), from); }
void put_body(schema::Body::Builder to, const NumberBlockGranted& from) { put(to.initNumberBlockGranted(), from); }
void put_body(schema::Body::Builder to, const MeetingOpened& from) { put(to.initMeetingOpened(), from); }
void put_body(schema::Body::Builder to, const MeetingClosed& from) { put(to.initMeetingClosed(), from); }
void put_body(schema::Body::Builder to, const DecisionSigned& from) { put(to.initDecisionSigned(), from); }
void put_body(schema::Body::Builder to, const JudgeUpgraded& from) { put(to.initJudgeUpgraded(), from); }
void put_body(schema::Body::Builder to, const SessionOpened& from) { put(to.initSessionOpened(), from); }
void put_body(schema::Body::Builder to, const SlipMisused& from) { put(to.initSlipMisused(), from); }
void put_body(schema::Body::Builder to, const SubjectRegistered& from) { put(to.initSubjectRegistered(), from); }
void put_body(schema::Body::Builder to, const ProductRegistered& from) { put(to.initProductRegistered(), from); }
void put_body(schema::Body::Builder to, const LegacyRecognised& from) { put(to.initLegacyRecognised(), from); }
void put_body(schema::Body::Builder to, const RenewalAnswered& from) { put(to.initRenewalAnswered(), from); }
void put_body(schema::Body::Builder to, const DossierOpened& from) { put(to.initDossierOpened(), from); }
void put_body(schema::Body::Builder to, const FieldSet& from) { put(to.initFieldSet(), from); }
void put_body(schema::Body::Builder to, const DocumentAdded& from) { put(to.initDocumentAdded(), from); }
void put_body(schema::Body::Builder to, const NoteAdded& from) { put(to.initNoteAdded(), from); }
void put_body(schema::Body::Builder to, const SelfAssessed& from) { put(to.initSelfAssessed(), from); }
void put_body(schema::Body::Builder to, const OpinionGiven& from) { put(to.initOpinionGiven(), from); }
void put_body(schema::Body::Builder to, const Submitted& from) { put(to.initSubmitted(), from); }
void put_body(schema::Body::Builder to, const Withdrawn& from) { put(to.initWithdrawn(), from); }
void put_body(schema::Body::Builder to, const Received& from) { put(to.initReceived(), from); }
void put_body(schema::Body::Builder to, const Returned& from) { put(to.initReturned(), from); }
void put_body(schema::Body::Builder to, const AdvisoryReported& from) { put(to.initAdvisoryReported(), from); }
void put_body(schema::Body::Builder to, const SheetSubmitted& from) { put(to.initSheetSubmitted(), from); }
void put_body(schema::Body::Builder to, const Tallied& from) { put(to.initTallied(), from); }
void put_body(schema::Body::Builder to, const Recognised& from) { put(to.initRecognised(), from); }
void put_body(schema::Body::Builder to, const Forwarded& from) { put(to.initForwarded(), from); }
void put_body(schema::Body::Builder to, const Declined& from) { put(to.initDeclined(), from); }
void put_body(schema::Body::Builder to, const ResultEntered& from) { put(to.initResultEntered(), from); }
void put_body(schema::Body::Builder to, const CertificateRevoked& from) { put(to.initCertificateRevoked(), from); }
void put_body(schema::Body::Builder to, const Adopted& from) { put(to.initAdopted(), from); }
void put_body(schema::Body::Builder to, const Annulled& from) { put(to.initAnnulled(), from); }
void put_body(schema::Body::Builder to, const PaperTallied& from) { put(to.initPaperTallied(), from); }
void put_body(schema::Body::Builder to, const OfficeCreated& from) { put(to.initOfficeCreated(), from); }
void put_body(schema::Body::Builder to, const OfficeRenamed& from) { put(to.initOfficeRenamed(), from); }
void put_body(schema::Body::Builder to, const UnitRenamed& from) { put(to.initUnitRenamed(), from); }
void put_body(schema::Body::Builder to, const CalendarSet& from) { put(to.initCalendarSet(), from); }
void put_body(schema::Body::Builder to, const NoticeIssued& from) { put(to.initNoticeIssued(), from); }
void put_body(schema::Body::Builder to, const CouncilChanged& from) { put(to.initCouncilChanged(), from); }
void put_body(schema::Body::Builder to, const MinutesFiled& from) { put(to.initMinutesFiled(), from); }
void put_body(schema::Body::Builder to, const ResultsPublished& from) { put(to.initResultsPublished(), from); }
void put_body(schema::Body::Builder to, const PackageSent& from) { put(to.initPackageSent(), from); }
void put_body(schema::Body::Builder to, const FormNumbered& from) { put(to.initFormNumbered(), from); }
void put_body(schema::Body::Builder to, const ReminderSent& from) { put(to.initReminderSent(), from); }
void put_body(schema::Body::Builder to, const DifficultyRaised& from) { put(to.initDifficultyRaised(), from); }
void put_body(schema::Body::Builder to, const DifficultyResolved& from) { put(to.initDifficultyResolved(), from); }
void put_body(schema::Body::Builder to, const PromotionHeld& from) { put(to.initPromotionHeld(), from); }
void put_body(schema::Body::Builder to, const IdeaReviewed& from) { put(to.initIdeaReviewed(), from); }
void put_body(schema::Body::Builder to, const ProductCoded& from) { put(to.initProductCoded(), from); }
void put_body(schema::Body::Builder to, const Recused& from) { put(to.initRecused(), from); }
void put_body(schema::Body::Builder to, const SamplesReceived& from) { put(to.initSamplesReceived(), from); }
void put_body(schema::Body::Builder to, const ExpiryNotified& from) { put(to.initExpiryNotified(), from); }
void put_body(schema::Body::Builder to, const Inspected& from) { put(to.initInspected(), from); }
void put_body(schema::Body::Builder to, const RevocationServed& from) { put(to.initRevocationServed(), from); }
void put_body(schema::Body::Builder to, const ComplaintFiled& from) { put(to.initComplaintFiled(), from); }
void put_body(schema::Body::Builder to, const ComplaintResolved& from) { put(to.initComplaintResolved(), from); }
void put_body(schema::Body::Builder to, const Corrected& from) { put(to.initCorrected(), from); }
void put_body(schema::Body::Builder to, const PromotionJoined& from) { put(to.initPromotionJoined(), from); }
void put_body(schema::Body::Builder to, const FileStored& from) { put(to.initFileStored(), from); }

template <typename Kind, typename Reader>
Kind read_kind(Reader from, Take& take) {
    Kind to;
    get(from, to, take);
    return to;
}

// False for a kind this program does not know.
bool get_body(schema::Body::Reader from, Body& to, Take& take) {
    switch (from.which()) {
        case schema::Body::GENESIS: to = read_kind<Genesis>(from.getGenesis(), take); return true;
        case schema::Body::UNIT_CREATED: to = read_kind<UnitCreated>(from.getUnitCreated(), take); return true;
        case schema::Body::UNIT_CLOSED: to = read_kind<UnitClosed>(from.getUnitClosed(), take); return true;
        case schema::Body::ACCOUNT_CREATED: to = read_kind<AccountCreated>(from.getAccountCreated(), take); return true;
        case schema::Body::SLIP_ISSUED: to = read_kind<SlipIssued>(from.getSlipIssued(), take); return true;
        case schema::Body::DEVICE_ENROLLED: to = read_kind<DeviceEnrolled>(from.getDeviceEnrolled(), take); return true;
        case schema::Body::OFFICER_KEY_ADDED: to = read_kind<OfficerKeyAdded>(from.getOfficerKeyAdded(), take); return true;
        case schema::Body::MANDATE_GRANTED: to = read_kind<MandateGranted>(from.getMandateGranted(), take); return true;
        case schema::Body::MANDATE_ENDED: to = read_kind<MandateEnded>(from.getMandateEnded(), take); return true;
        case schema::Body::RULE_SET_PUBLISHED: to = read_kind<RuleSetPublished>(from.getRuleSetPublished(), take); return true;
        case schema::Body::ROUND_OPENED: to = read_kind<RoundOpened>(from.getRoundOpened(), take); return true;
        case schema::Body::COUNCIL_ESTABLISHED: to = read_kind<CouncilEstablished>(from.getCouncilEstablished(), take); return true;
        case schema::Body::NUMBER_BLOCK_GRANTED:
            to = read_kind<NumberBlockGranted>(from.getNumberBlockGranted(), take);
            return true;
        case schema::Body::MEETING_OPENED: to = read_kind<MeetingOpened>(from.getMeetingOpened(), take); return true;
        case schema::Body::MEETING_CLOSED: to = read_kind<MeetingClosed>(from.getMeetingClosed(), take); return true;
        case schema::Body::DECISION_SIGNED: to = read_kind<DecisionSigned>(from.getDecisionSigned(), take); return true;
        case schema::Body::JUDGE_UPGRADED: to = read_kind<JudgeUpgraded>(from.getJudgeUpgraded(), take); return true;
        case schema::Body::SESSION_OPENED: to = read_kind<SessionOpened>(from.getSessionOpened(), take); return true;
        case schema::Body::SLIP_MISUSED: to = read_kind<SlipMisused>(from.getSlipMisused(), take); return true;
        case schema::Body::SUBJECT_REGISTERED: to = read_kind<SubjectRegistered>(from.getSubjectRegistered(), take); return true;
        case schema::Body::PRODUCT_REGISTERED: to = read_kind<ProductRegistered>(from.getProductRegistered(), take); return true;
        case schema::Body::LEGACY_RECOGNISED: to = read_kind<LegacyRecognised>(from.getLegacyRecognised(), take); return true;
        case schema::Body::RENEWAL_ANSWERED: to = read_kind<RenewalAnswered>(from.getRenewalAnswered(), take); return true;
        case schema::Body::DOSSIER_OPENED: to = read_kind<DossierOpened>(from.getDossierOpened(), take); return true;
        case schema::Body::FIELD_SET: to = read_kind<FieldSet>(from.getFieldSet(), take); return true;
        case schema::Body::DOCUMENT_ADDED: to = read_kind<DocumentAdded>(from.getDocumentAdded(), take); return true;
        case schema::Body::NOTE_ADDED: to = read_kind<NoteAdded>(from.getNoteAdded(), take); return true;
        case schema::Body::SELF_ASSESSED: to = read_kind<SelfAssessed>(from.getSelfAssessed(), take); return true;
        case schema::Body::OPINION_GIVEN: to = read_kind<OpinionGiven>(from.getOpinionGiven(), take); return true;
        case schema::Body::SUBMITTED: to = read_kind<Submitted>(from.getSubmitted(), take); return true;
        case schema::Body::WITHDRAWN: to = read_kind<Withdrawn>(from.getWithdrawn(), take); return true;
        case schema::Body::RECEIVED: to = read_kind<Received>(from.getReceived(), take); return true;
        case schema::Body::RETURNED: to = read_kind<Returned>(from.getReturned(), take); return true;
        case schema::Body::ADVISORY_REPORTED: to = read_kind<AdvisoryReported>(from.getAdvisoryReported(), take); return true;
        case schema::Body::SHEET_SUBMITTED: to = read_kind<SheetSubmitted>(from.getSheetSubmitted(), take); return true;
        case schema::Body::TALLIED: to = read_kind<Tallied>(from.getTallied(), take); return true;
        case schema::Body::RECOGNISED: to = read_kind<Recognised>(from.getRecognised(), take); return true;
        case schema::Body::FORWARDED: to = read_kind<Forwarded>(from.getForwarded(), take); return true;
        case schema::Body::DECLINED: to = read_kind<Declined>(from.getDeclined(), take); return true;
        case schema::Body::RESULT_ENTERED: to = read_kind<ResultEntered>(from.getResultEntered(), take); return true;
        case schema::Body::CERTIFICATE_REVOKED: to = read_kind<CertificateRevoked>(from.getCertificateRevoked(), take); return true;
        case schema::Body::ADOPTED: to = read_kind<Adopted>(from.getAdopted(), take); return true;
        case schema::Body::ANNULLED: to = read_kind<Annulled>(from.getAnnulled(), take); return true;
        case schema::Body::PAPER_TALLIED: to = read_kind<PaperTallied>(from.getPaperTallied(), take); return true;
        case schema::Body::OFFICE_CREATED: to = read_kind<OfficeCreated>(from.getOfficeCreated(), take); return true;
        case schema::Body::OFFICE_RENAMED: to = read_kind<OfficeRenamed>(from.getOfficeRenamed(), take); return true;
        case schema::Body::UNIT_RENAMED: to = read_kind<UnitRenamed>(from.getUnitRenamed(), take); return true;
        case schema::Body::CALENDAR_SET: to = read_kind<CalendarSet>(from.getCalendarSet(), take); return true;
        case schema::Body::NOTICE_ISSUED: to = read_kind<NoticeIssued>(from.getNoticeIssued(), take); return true;
        case schema::Body::COUNCIL_CHANGED: to = read_kind<CouncilChanged>(from.getCouncilChanged(), take); return true;
        case schema::Body::MINUTES_FILED: to = read_kind<MinutesFiled>(from.getMinutesFiled(), take); return true;
        case schema::Body::RESULTS_PUBLISHED: to = read_kind<ResultsPublished>(from.getResultsPublished(), take); return true;
        case schema::Body::PACKAGE_SENT: to = read_kind<PackageSent>(from.getPackageSent(), take); return true;
        case schema::Body::FORM_NUMBERED: to = read_kind<FormNumbered>(from.getFormNumbered(), take); return true;
        case schema::Body::REMINDER_SENT: to = read_kind<ReminderSent>(from.getReminderSent(), take); return true;
        case schema::Body::DIFFICULTY_RAISED: to = read_kind<DifficultyRaised>(from.getDifficultyRaised(), take); return true;
        case schema::Body::DIFFICULTY_RESOLVED: to = read_kind<DifficultyResolved>(from.getDifficultyResolved(), take); return true;
        case schema::Body::PROMOTION_HELD: to = read_kind<PromotionHeld>(from.getPromotionHeld(), take); return true;
        case schema::Body::IDEA_REVIEWED: to = read_kind<IdeaReviewed>(from.getIdeaReviewed(), take); return true;
        case schema::Body::PRODUCT_CODED: to = read_kind<ProductCoded>(from.getProductCoded(), take); return true;
        case schema::Body::RECUSED: to = read_kind<Recused>(from.getRecused(), take); return true;
        case schema::Body::SAMPLES_RECEIVED: to = read_kind<SamplesReceived>(from.getSamplesReceived(), take); return true;
        case schema::Body::EXPIRY_NOTIFIED: to = read_kind<ExpiryNotified>(from.getExpiryNotified(), take); return true;
        case schema::Body::INSPECTED: to = read_kind<Inspected>(from.getInspected(), take); return true;
        case schema::Body::REVOCATION_SERVED: to = read_kind<RevocationServed>(from.getRevocationServed(), take); return true;
        case schema::Body::COMPLAINT_FILED: to = read_kind<ComplaintFiled>(from.getComplaintFiled(), take); return true;
        case schema::Body::COMPLAINT_RESOLVED: to = read_kind<ComplaintResolved>(from.getComplaintResolved(), take); return true;
        case schema::Body::CORRECTED: to = read_kind<Corrected>(from.getCorrected(), take); return true;
        case schema::Body::PROMOTION_JOINED: to = read_kind<PromotionJoined>(from.getPromotionJoined(), take); return true;
        case schema::Body::FILE_STORED: to = read_kind<FileStored>(from.getFileStored(), take); return true;
    }
    return false;
}

}  // namespace
}  // namespace codec

Bytes encode(const Action& action) {
    capnp::MallocMessageBuilder message(512);
    auto root = message.initRoot<schema::Action>();
    codec::put_header(root.initHeader(), action.header);
    std::visit([&](const auto& body) { codec::put_body(root.initBody(), body); }, action.body);
    const auto words = capnp::messageToFlatArray(message);
    const auto bytes = words.asBytes();
    return {bytes.begin(), bytes.end()};
}

namespace {

// The message in some bytes, wherever they lie; Cap'n Proto reads aligned words.
class Message {
public:
    explicit Message(ByteSpan bytes) : aligned_(aligned(bytes)), words_(words(bytes)), reader_(words_, options(bytes)) {}
    bool ends_with_the_bytes() const { return reader_.getEnd() == words_.end(); }
    schema::Action::Reader root() { return reader_.getRoot<schema::Action>(); }

private:
    static kj::Array<capnp::word> aligned(ByteSpan bytes) {
        if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(capnp::word) == 0) return {};
        auto copy = kj::heapArray<capnp::word>(bytes.size() / 8);
        std::memcpy(copy.begin(), bytes.data(), bytes.size());
        return copy;
    }
    kj::ArrayPtr<const capnp::word> words(ByteSpan bytes) const {
        const auto* first = aligned_.size() > 0 ? aligned_.begin() : reinterpret_cast<const capnp::word*>(bytes.data());
        return {first, bytes.size() / 8};
    }
    static capnp::ReaderOptions options(ByteSpan bytes) {
        capnp::ReaderOptions options;
        options.traversalLimitInWords = 4 * bytes.size() / 8 + 1024;
        options.nestingLimit = 16;
        return options;
    }
    kj::Array<capnp::word> aligned_;
    kj::ArrayPtr<const capnp::word> words_;
    capnp::FlatArrayMessageReader reader_;
};

}  // namespace

// Bytes come from another machine: every access is bounded, nothing is trusted, and what does not hold is an error, never a crash.
Result<Action> decode(ByteSpan bytes) try {
    if (bytes.size() > action_bytes_max) return Error{Errc::limit, "an action is larger than 64 KiB"};
    if (bytes.size() < 16 || bytes.size() % 8 != 0) return Error{Errc::corrupt, "an action is cut short"};
    Message message(bytes);
    if (!message.ends_with_the_bytes()) return Error{Errc::corrupt, "bytes follow the action's message"};

    Action action;
    codec::Take take;
    const auto root = message.root();
    codec::get_header(root.getHeader(), action.header, take);
    if (action.header.schema_version != schema_version) {
        return Error{Errc::version, "the action has schema version " + std::to_string(action.header.schema_version) +
                                        "; this program knows " + std::to_string(schema_version)};
    }
    if (!codec::get_body(root.getBody(), action.body, take)) {
        return Error{Errc::version, "the action is of a kind this program does not know; update the program"};
    }
    if (take.fault()) return Error{Errc::corrupt, std::string("the action's field ") + take.fault() + " does not have its form"};
    return action;
} catch (const kj::Exception& fault) {
    return Error{Errc::corrupt, std::string("the action's message does not hold: ") + fault.getDescription().cStr()};
}

std::optional<StreamId> touches_files(ByteSpan action) try {
    if (action.size() < 16 || action.size() % 8 != 0) return std::nullopt;
    Message message(action);
    const auto root = message.root();
    const auto kind = root.getBody().which();
    const bool touches =
        root.getHeader().getFiles().size() > 0 || kind == schema::Body::ADOPTED || kind == schema::Body::FILE_STORED;
    const auto stream = root.getHeader().getStream();
    return touches ? StreamId::from({stream.begin(), stream.size()}) : std::nullopt;
} catch (const kj::Exception&) {
    return std::nullopt;
}

}  // namespace hoso::domain

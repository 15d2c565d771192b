#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shared/domain/action.hpp"

// One action of every kind, with a value in every field that differs from its default. The same on every call: tests/golden holds
// their bytes.
namespace hoso::tests {

inline Uuid sample_id(Byte number) {
    Uuid id;
    id.bytes = {0x01, 0x8C, 0x3B, 0x5E, 0x90, number, 0x70, 0x01, 0x80, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, number};
    return id;
}

template <typename Fixed>
Fixed sample_bytes(Byte first) {
    Fixed made;
    for (std::size_t i = 0; i < Fixed::size; ++i) made.bytes[i] = static_cast<Byte>(first + i);
    return made;
}

inline Date sample_date(int year, unsigned month, unsigned day) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

inline domain::Header sample_header() {
    domain::Header header;
    header.epoch = 2;
    header.seq = 41;
    header.log = sample_bytes<LogId>(0x10);
    header.device = sample_id(1);
    header.session = sample_bytes<ActionId>(0x20);
    header.actor = sample_id(2);
    header.stream = sample_id(3);
    header.seen_size = 1234567890123;
    header.seen_root = sample_bytes<Hash>(0x30);
    header.claimed_time = 1702606320000000;
    header.clock_quality = domain::ClockQuality::synced;
    header.files = {{sample_bytes<Hash>(0x40), 5'000'000'000, "image/jpeg", "registration_form"},
                    {sample_bytes<Hash>(0x50), 1, "application/pdf", "evidence_annex"}};
    return header;
}

inline std::vector<domain::Body> sample_registry_bodies() {
    using namespace domain;
    const auto key = sample_bytes<PublicKey>;
    const Founder founder{sample_id(10), "Quản trị hệ thống", key(1), sample_id(11), key(2)};
    const Founder other{sample_id(12), "Thư ký OCOP tỉnh", key(3), sample_id(13), key(4)};
    const SealedField sealed{sample_bytes<Hash>(0x60)};
    const Signature signature = sample_bytes<Signature>(0x70);
    return {
        Genesis{"hoso.example/hoa-binh",
                "Tỉnh Hòa Bình",
                key(5),
                sample_id(14),
                sample_bytes<BoxPublicKey>(6),
                {founder, other},
                1,
                true},
        UnitCreated{sample_id(20), sample_id(21), "commune", "town", "04831", "Thị trấn Đà Bắc", sample_date(2023, 4, 1)},
        UnitClosed{sample_id(20), sample_date(2025, 6, 30), {{sample_id(22), true}, {sample_id(23), false}}},
        AccountCreated{sample_id(24), "Thư ký OCOP huyện Đà Bắc", sealed, sample_id(21)},
        SlipIssued{sample_id(25), key(7), sample_id(24), sample_id(21), 1702692720000000},
        DeviceEnrolled{sample_id(25), key(8), sample_id(24), key(9), signature},
        OfficerKeyAdded{sample_id(26), sample_id(27), key(10), signature},
        MandateGranted{sample_id(28), sample_id(24), Role::signer, sample_id(21), sample_date(2023, 3, 1), sample_date(2026, 2, 28),
                       "Quyết định 332/QĐ-UBND", sample_id(41), "an toàn thực phẩm"},
        MandateEnded{sample_id(28), "Chuyển công tác"},
        RuleSetPublished{"ocop-148-2023", sample_bytes<Hash>(0x80), {0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFF}},
        RoundOpened{sample_id(29), "Đợt 1 năm 2023", 2023, sample_date(2023, 12, 15), "Công văn 332, 17/03/2023"},
        CouncilEstablished{sample_id(30),
                           sample_id(21),
                           "district",
                           "1203/QĐ-UBND",
                           sample_date(2023, 5, 4),
                           {{sample_id(24), Seat::secretary, "điều phối"},
                            {sample_id(31), Seat::chair, ""},
                            {sample_id(32), Seat::support, "y tế"}},
                           2,
                           1000,
                           {{sample_id(42), "nông nghiệp"}}},
        NumberBlockGranted{sample_id(33), sample_id(1), NumberKind::certificate, "{}/2023/GCN-OCOP", 101, 200},
        MeetingOpened{sample_id(34),
                      sample_id(30),
                      sample_date(2023, 11, 20),
                      sample_bytes<BoxPublicKey>(0x90),
                      {{sample_id(24), Bytes(80, 0xA5)}, {sample_id(31), Bytes(3, 0x5A)}},
                      {{sample_id(35), sample_id(36)}},
                      MeetingForm::written},
        MeetingClosed{
            sample_id(34), sample_bytes<BoxPrivateKey>(0xA0), {sample_bytes<ActionId>(0xB0), sample_bytes<ActionId>(0xB1)}},
        DecisionSigned{sample_id(37),
                       DecisionKind::revocation,
                       sample_id(21),
                       "district",
                       {sample_id(38), 17},
                       sample_date(2023, 12, 1),
                       {{sample_id(35), sample_id(36), 3, {sample_id(33), 101}, ""},
                        {sample_id(39), Uuid{}, 4, {Uuid{}, 0}, "12/2019/GCN-OCOP"}},
                       {}},
        JudgeUpgraded{2},
        SessionOpened{sample_id(24), key(9), 42, 1702692720000001},
        SlipMisused{sample_id(25), key(8), "phiếu đã dùng"},
    };
}

inline std::vector<domain::Body> sample_dossier_bodies() {
    using namespace domain;
    const auto sealed = [](Byte first) { return SealedField{sample_bytes<Hash>(first)}; };
    const Uuid dossier = sample_id(36);
    return {
        SubjectRegistered{sample_id(20), "Hợp tác xã nông nghiệp (minh họa)", "cooperative", "5400000000", sealed(1), sealed(2),
                          sealed(3)},
        ProductRegistered{sample_id(20), sample_id(40), "Chè Shan tuyết (minh họa)", "tea", "17-150-04831-1-2023"},
        LegacyRecognised{"2365/QĐ-UBND", sample_date(2019, 10, 31), "12/2019/GCN-OCOP", 4, sample_date(2019, 11, 1),
                         "ocop-1048-2019"},
        RenewalAnswered{"12/2019/GCN-OCOP", true, sample_date(2023, 9, 2)},
        DossierOpened{dossier, DossierKind::re_evaluation, sample_bytes<Hash>(0x80), sample_id(29), sample_date(2023, 9, 4),
                      "Hợp tác xã nông nghiệp (minh họa)", "cooperative", "01/PĐK-17-04831-2023", sample_id(43)},
        FieldSet{dossier, "phone", "không dấu: \"đ\" & ư"},
        DocumentAdded{dossier, "quality_declaration", "Bản tự công bố", {"8", "6.1.1"}},
        NoteAdded{dossier, "Đã gọi chủ thể."},
        SelfAssessed{dossier, {1, 2, 3, 0, 255}},
        OpinionGiven{dossier, "commune", {1, 2, 0, 4}, true, "Đúng nguồn gốc"},
        Submitted{dossier, 1, sample_date(2023, 9, 10)},
        Withdrawn{dossier, 2, "Chủ thể xin rút"},
        Received{dossier, 3, "district", sample_date(2023, 9, 12)},
        Returned{dossier, 4, "district", {{"self_evaluation_report", "Thiếu chữ ký"}, {"1.1", "Thiếu hợp đồng"}}},
        AdvisoryReported{dossier, "district", true, "Phù hợp thực tế"},
    };
}

inline std::vector<domain::Body> sample_result_bodies() {
    using namespace domain;
    const Uuid dossier = sample_id(36);
    const Hash digest = sample_bytes<Hash>(0xC0);
    return {
        SheetSubmitted{dossier, sample_id(34), Bytes(150, 0x3C)},
        Tallied{dossier, sample_id(34), "district", digest, 7, {20000, 14000, 21000}, 4},
        Recognised{dossier, sample_id(37), digest, 3, {sample_id(33), 102}, sample_date(2023, 12, 1)},
        Forwarded{dossier, 5, "district", digest, sample_date(2023, 12, 2)},
        Declined{dossier, "district", digest, sample_date(2023, 12, 3), "Bổ sung phiếu kiểm nghiệm"},
        ResultEntered{dossier, "central", digest, "99/QĐ-BNN", sample_date(2024, 3, 30), 9150, 5, "5/2024/GCN-OCOP"},
        CertificateRevoked{sample_id(37), "12/2019/GCN-OCOP", "not_re_evaluated", sample_bytes<Hash>(0x80),
                           sample_date(2023, 12, 4)},
        Adopted{{sample_bytes<ActionId>(0xD0), sample_bytes<ActionId>(0xD1)}, "Ghi trước khi hết nhiệm kỳ"},
        Annulled{{sample_bytes<ActionId>(0xD2)}, "Ghi nhầm"},
        PaperTallied{
            dossier, sample_id(28), "district", digest, "05/BB-HĐ", {}, sample_date(2019, 10, 20), 7, {2850, 1925, 3000}, 3},
    };
}

inline std::vector<domain::Body> sample_programme_bodies() {
    using namespace domain;
    const Hash document = sample_bytes<Hash>(0xE0);
    const Date day = sample_date(2023, 3, 17);
    return {
        OfficeCreated{sample_id(41), sample_id(21), "Sở Nông nghiệp và Phát triển nông thôn", sample_date(2008, 5, 1)},
        OfficeRenamed{sample_id(41), "Sở Nông nghiệp và Môi trường", sample_date(2025, 3, 1), "Nghị quyết 15"},
        UnitRenamed{sample_id(20), "Xã Đà Bắc", "commune", "04832", sample_date(2025, 7, 1), "Nghị quyết 1676"},
        CalendarSet{2026, {sample_date(2026, 2, 16), sample_date(2026, 2, 17)}, {sample_date(2026, 1, 10)}, "Thông báo nghỉ Tết"},
        NoticeIssued{
            sample_id(44),
            sample_id(21),
            sample_id(29),
            "332/SNN-VPĐP",
            day,
            "Triển khai Chương trình OCOP năm 2023",
            {{"province", sample_date(2023, 12, 15), "chấm xong"}, {"", sample_date(2023, 10, 30), "nộp hồ sơ"}},
            {{NoticeListKind::registered, {{sample_id(35), ""}}}, {NoticeListKind::lapses, {{sample_id(39), "12/2019/GCN-OCOP"}}}},
            document},
        CouncilChanged{sample_id(30),
                       "55/QĐ-UBND",
                       sample_date(2023, 11, 2),
                       {{sample_id(31), Seat::chair, ""}, {sample_id(32), Seat::member, "y tế"}},
                       2,
                       900,
                       {{sample_id(42), "nông nghiệp"}}},
        MinutesFiled{sample_id(34), "05/BB-HĐ", sample_date(2023, 11, 20), "Thống nhất 3 sao", document},
        ResultsPublished{sample_id(21), sample_id(37), sample_date(2023, 12, 5), "Cổng thông tin điện tử"},
        PackageSent{sample_id(45),
                    sample_id(21),
                    "district",
                    "88/UBND",
                    sample_date(2023, 11, 25),
                    "UBND tỉnh",
                    {{sample_id(35), sample_id(36)}},
                    document},
        FormNumbered{sample_id(21), sample_id(35), sample_id(36), {sample_id(46), 7}, sample_date(2023, 9, 12)},
        ReminderSent{sample_id(47), sample_id(21), sample_id(29), "901/SNN", sample_date(2023, 10, 1), "Chấm trước 30/10"},
        DifficultyRaised{sample_id(48), sample_id(20), sample_date(2023, 10, 2), "Chưa có phiếu kiểm nghiệm"},
        DifficultyResolved{sample_id(48), sample_id(20), sample_date(2023, 10, 9), "Đã mời đơn vị kiểm nghiệm"},
        PromotionHeld{sample_id(49), sample_id(21), PromotionKind::connection, "Hội nghị kết nối cung cầu", "Hòa Bình",
                      sample_date(2023, 11, 10), sample_date(2023, 11, 14)},
    };
}

inline std::vector<domain::Body> sample_care_bodies() {
    using namespace domain;
    const std::string certificate = "12/2019/GCN-OCOP";
    return {
        IdeaReviewed{true, sample_bytes<Hash>(0x80), {"too_small", "fragmented"}, "Mới 200 m2", sample_date(2023, 4, 3)},
        ProductCoded{"17-150-04831-2-2023", sample_date(2023, 4, 4)},
        Recused{sample_id(36), sample_id(30), sample_id(32), "Là thành viên hợp tác xã"},
        SamplesReceived{sample_id(36), "district", 5, sample_date(2023, 9, 13), "Nguyên bao bì"},
        ExpiryNotified{certificate, "77/SNN", sample_date(2022, 9, 30)},
        Inspected{sample_id(50), InspectionKind::confirmation, InspectionOutcome::revoke, certificate, sample_bytes<Hash>(0x80),
                  "production_stopped", sample_date(2023, 10, 12), "Chủ thể ngừng sản xuất"},
        RevocationServed{certificate, {"Chủ thể", "Chi cục quản lý thị trường"}, sample_date(2023, 12, 6)},
        ComplaintFiled{sample_id(51), sample_date(2023, 12, 7), {sample_bytes<Hash>(0x61)}, "Nhãn ghi sai hạng sao"},
        ComplaintResolved{sample_id(51), true, "12/TB-UBND", sample_date(2023, 12, 20), "Đính chính nhãn"},
        Corrected{certificate, "name", "Che Shan tuyết", "Chè Shan tuyết", "15/QĐ-UBND", sample_date(2023, 12, 21), "Thiếu dấu"},
        PromotionJoined{sample_id(49), sample_date(2023, 11, 14), "Bán 40 kg"},
        FileStored{sample_bytes<Hash>(0x40), 5'000'000'000},
    };
}

// Names of the kinds in the order of the schema, and of the variant.
inline const std::vector<std::string>& action_kind_names() {
    static const std::vector<std::string> names = {"genesis",
                                                   "unit_created",
                                                   "unit_closed",
                                                   "account_created",
                                                   "slip_issued",
                                                   "device_enrolled",
                                                   "officer_key_added",
                                                   "mandate_granted",
                                                   "mandate_ended",
                                                   "rule_set_published",
                                                   "round_opened",
                                                   "council_established",
                                                   "number_block_granted",
                                                   "meeting_opened",
                                                   "meeting_closed",
                                                   "decision_signed",
                                                   "judge_upgraded",
                                                   "session_opened",
                                                   "slip_misused",
                                                   "subject_registered",
                                                   "product_registered",
                                                   "legacy_recognised",
                                                   "renewal_answered",
                                                   "dossier_opened",
                                                   "field_set",
                                                   "document_added",
                                                   "note_added",
                                                   "self_assessed",
                                                   "opinion_given",
                                                   "submitted",
                                                   "withdrawn",
                                                   "received",
                                                   "returned",
                                                   "advisory_reported",
                                                   "sheet_submitted",
                                                   "tallied",
                                                   "recognised",
                                                   "forwarded",
                                                   "declined",
                                                   "result_entered",
                                                   "certificate_revoked",
                                                   "adopted",
                                                   "annulled",
                                                   "paper_tallied",
                                                   "office_created",
                                                   "office_renamed",
                                                   "unit_renamed",
                                                   "calendar_set",
                                                   "notice_issued",
                                                   "council_changed",
                                                   "minutes_filed",
                                                   "results_published",
                                                   "package_sent",
                                                   "form_numbered",
                                                   "reminder_sent",
                                                   "difficulty_raised",
                                                   "difficulty_resolved",
                                                   "promotion_held",
                                                   "idea_reviewed",
                                                   "product_coded",
                                                   "recused",
                                                   "samples_received",
                                                   "expiry_notified",
                                                   "inspected",
                                                   "revocation_served",
                                                   "complaint_filed",
                                                   "complaint_resolved",
                                                   "corrected",
                                                   "promotion_joined",
                                                   "file_stored"};
    return names;
}

inline std::vector<std::pair<std::string, domain::Action>> sample_actions() {
    std::vector<std::pair<std::string, domain::Action>> actions;
    for (const auto& bodies : {sample_registry_bodies(), sample_dossier_bodies(), sample_result_bodies(), sample_programme_bodies(),
                               sample_care_bodies()}) {
        for (const auto& body : bodies)
            actions.emplace_back(action_kind_names().at(body.index()), domain::Action{sample_header(), body});
    }
    return actions;
}

// The samples of kinds that got fields later, as they were before.
inline std::vector<std::pair<std::string, domain::Action>> older_sample_actions() {
    std::vector<std::pair<std::string, domain::Action>> actions;
    for (const auto& [name, action] : sample_actions()) {
        domain::Body body = action.body;
        if (auto* granted = std::get_if<domain::MandateGranted>(&body)) {
            granted->office = {};
            granted->field.clear();
        } else if (auto* council = std::get_if<domain::CouncilEstablished>(&body)) {
            for (auto& member : council->members) member.field.clear();
            council->members.back().seat = domain::Seat::member;
            council->advisers.clear();
        } else if (auto* meeting = std::get_if<domain::MeetingOpened>(&body)) {
            meeting->form = domain::MeetingForm::in_person;
        } else if (auto* opened = std::get_if<domain::DossierOpened>(&body)) {
            opened->carries_from = {};
        } else {
            continue;
        }
        actions.emplace_back(name + "_before", domain::Action{action.header, std::move(body)});
    }
    return actions;
}

// With the fields that are mostly left out.
inline std::vector<std::pair<std::string, domain::Action>> fuller_sample_actions() {
    std::vector<std::pair<std::string, domain::Action>> actions;
    for (const auto& [name, action] : sample_actions()) {
        if (const auto* decision = std::get_if<domain::DecisionSigned>(&action.body)) {
            domain::DecisionSigned with_document = *decision;
            with_document.document_hash = sample_bytes<Hash>(0xC0);
            actions.emplace_back(name + "_document", domain::Action{action.header, with_document});
        }
        if (const auto* paper = std::get_if<domain::PaperTallied>(&action.body)) {
            domain::PaperTallied with_scan = *paper;
            with_scan.minutes_hash = sample_bytes<Hash>(0xC1);
            actions.emplace_back(name + "_scan", domain::Action{action.header, with_scan});
        }
    }
    return actions;
}

}  // namespace hoso::tests

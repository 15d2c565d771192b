#include "tests/support/programme.hpp"

namespace hoso::tests {

Step Programme::office_renaming(int days) const {
    const auto& offices = world.registry().offices;
    const Uuid id = offices.empty() ? Uuid{} : offices.begin()->first;
    return by_founder(domain::OfficeRenamed{id, "Sở Nông nghiệp và Môi trường", day(days), "Nghị quyết 15"});
}

Step Programme::unit_renaming(const std::string& unit, int days) const {
    return by_founder(domain::UnitRenamed{world.units.at(unit), "Xã mới", "commune", unit, day(days), "Nghị quyết 20"});
}

Step Programme::calendar(std::uint16_t year) const {
    return by_founder(domain::CalendarSet{year, {std::chrono::year{year} / 9 / 4}, {}, "Thông báo"});
}

Step Programme::notice(const Story& story) const {
    return {"secretary_p", registry_stream,
            domain::NoticeIssued{world.new_id(),
                                 world.units.at("p"),
                                 world.round,
                                 "332/SNN",
                                 world.today(),
                                 "Triển khai",
                                 {{"province", day(60), ""}},
                                 {{domain::NoticeListKind::registered, {{story.product, ""}}}},
                                 {}}};
}

Step Programme::reminder() const {
    return {"secretary_p", registry_stream,
            domain::ReminderSent{world.new_id(), world.units.at("a"), world.round, "9/SNN", world.today(), "Chấm sớm"}};
}

Step Programme::difficulty() const {
    return {"officer_a1", registry_stream,
            domain::DifficultyRaised{world.new_id(), world.units.at("a1"), world.today(), "Thiếu phiếu kiểm nghiệm"}};
}

Step Programme::difficulty_answer() const {
    const auto& all = world.registry().difficulties;
    const Uuid id = all.empty() ? Uuid{} : all.rbegin()->first;
    return {"secretary_a", registry_stream,
            domain::DifficultyResolved{id, world.units.at("a1"), world.today(), "Đã mời đơn vị kiểm nghiệm"}};
}

Step Programme::promotion() const {
    return {"secretary_p", registry_stream,
            domain::PromotionHeld{world.new_id(), world.units.at("p"), domain::PromotionKind::fair, "Hội chợ", "Hòa Bình",
                                  world.today(), day(3)}};
}

Step Programme::council_change(const std::string& unit) const {
    using domain::Seat;
    const auto seat = [&](const std::string& post, Seat taken) {
        return domain::CouncilMember{world.officers.at(post + "_" + unit).account, taken, "y tế"};
    };
    return {"secretary_" + unit, registry_stream,
            domain::CouncilChanged{world.councils.at(unit),
                                   "55/QĐ",
                                   world.today(),
                                   {seat("chair", Seat::chair), seat("secretary", Seat::secretary), seat("member", Seat::member)},
                                   2,
                                   2000,
                                   {{world.officers.at("adviser_" + unit).account, "nông nghiệp"}}}};
}

Step Programme::minutes(const Story& story) const {
    return {story.at_stage("secretary"), registry_stream,
            domain::MinutesFiled{story.meeting, "05/BB", world.today(), "Thống nhất", {}}};
}

Step Programme::publication(const Story& story) const {
    const auto found = world.registry().decisions.find(story.decision);
    const UnitId unit = found == world.registry().decisions.end() ? world.units.at("a") : found->second.unit;
    const bool of_province = unit == world.units.at("p");
    const std::string by = of_province ? "secretary_p" : unit == world.units.at("b") ? "secretary_b" : "secretary_a";
    return {by, registry_stream, domain::ResultsPublished{unit, story.decision, world.today(), "Cổng thông tin"}};
}

Step Programme::package(const Story& story) const {
    const std::string unit = story.commune.substr(0, 1);
    return {"secretary_" + unit, registry_stream,
            domain::PackageSent{world.new_id(),
                                world.units.at(unit),
                                "district",
                                "88/UBND",
                                world.today(),
                                "UBND tỉnh",
                                {{story.product, story.file}},
                                {}}};
}

Step Programme::form_block(const Story& story) {
    const DeviceId& device = world.desks[world.officers.at(story.officer()).desk].id;
    const Uuid block = world.new_id();
    return by_founder(domain::NumberBlockGranted{block, device, domain::NumberKind::form, "{}/PĐK-" + block.hex(), 1, 50});
}

Step Programme::form(const Story& story) const {
    const DeviceId& device = world.desks[world.officers.at(story.officer()).desk].id;
    const auto& blocks = world.registry().blocks;
    const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const auto& entry) {
        return entry.second.device == device && entry.second.kind == domain::NumberKind::form;
    });
    domain::Number number{{}, 1};
    if (block != blocks.end()) {
        const auto& used = block->second.used;
        number = {block->first, used.empty() ? 1 : *used.rbegin() + 1};
    }
    return {story.officer(), registry_stream,
            domain::FormNumbered{world.units.at(story.commune), story.product, story.file, number, world.today()}};
}

Step Programme::idea(const Story& story, bool approved) const {
    const std::vector<std::string> reasons = approved ? std::vector<std::string>{} : std::vector<std::string>{"too_small"};
    return {"adviser_p", story.product, domain::IdeaReviewed{approved, world.rules, reasons, "", world.today()}};
}

Step Programme::code(const Story& story, const std::string& code) const {
    return {story.officer(), story.product, domain::ProductCoded{code, world.today()}};
}

Step Programme::recusal(const Story& story, const std::string& post) const {
    const std::string officer = story.at_stage(post);
    return {officer, story.product,
            domain::Recused{story.file, world.councils.at(story.desk()), world.officers.at(officer).account, "Người nhà"}};
}

Step Programme::samples(const Story& story) const {
    const bool has_desk = story.stage().does == domain::Does::council;
    const std::string by = has_desk ? story.at_stage("secretary") : "secretary_p";
    return {by, story.product, domain::SamplesReceived{story.file, story.stage().key, 3, world.today(), "Nguyên bao bì"}};
}

Step Programme::expiry_notice(const Story& story) const {
    return {"secretary_p", story.product, domain::ExpiryNotified{certificate(story), "77/SNN", world.today()}};
}

Step Programme::inspection(const Story& story, domain::InspectionOutcome outcome) const {
    const bool revokes = outcome == domain::InspectionOutcome::revoke;
    return {"secretary_a", story.product,
            domain::Inspected{world.new_id(), domain::InspectionKind::ad_hoc, outcome, revokes ? certificate(story) : "",
                              world.rules, revokes ? "misuse" : "", world.today(), "Đã kiểm tra"}};
}

Step Programme::service(const Story& story) const {
    return {"secretary_p", story.product, domain::RevocationServed{certificate(story), {"Chủ thể"}, world.today()}};
}

Step Programme::complaint(const Story& story) const {
    return {"secretary_p", story.product, domain::ComplaintFiled{world.new_id(), world.today(), {}, "Nhãn ghi sai"}};
}

Step Programme::complaint_answer(const Story& story) const {
    const auto* product = world.replica.state().product(story.product);
    const bool any = product && !product->care.complaints.empty();
    return {"secretary_p", story.product,
            domain::ComplaintResolved{any ? product->care.complaints.back().filed.complaint : Uuid{}, true, "12/TB", world.today(),
                                      "Đính chính"}};
}

Step Programme::correction(const Story& story) const {
    const auto* product = world.replica.state().product(story.product);
    const std::string before = product ? product->name : "";
    return {"secretary_p", story.product, domain::Corrected{"", "name", before, before + "!", "15/QĐ", world.today(), "Thiếu dấu"}};
}

Step Programme::participation(const Story& story) const {
    const auto& all = world.registry().promotions;
    const Uuid id = all.empty() ? Uuid{} : all.rbegin()->first;
    return {story.officer(), story.product, domain::PromotionJoined{id, world.today(), "Bán 40 kg"}};
}

std::string Programme::certificate(const Story& story) const {
    const auto* product = world.replica.state().product(story.product);
    return product && !product->certificates.empty() ? product->certificates.front().text : "none";
}

}  // namespace hoso::tests

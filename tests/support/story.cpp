#include "tests/support/story.hpp"

#include "shared/base/hash.hpp"
#include "shared/domain/files.hpp"

namespace hoso::tests {

Step Story::registration(const std::string& set) const {
    return own(domain::ProductRegistered{world.units.at(commune), {}, "Trà xanh", set, "17-1-1"});
}

Step Story::opening(domain::DossierKind kind) const {
    return own(domain::DossierOpened{file, kind, world.rules, world.round, world.today(), subject_name, "cooperative", "1"});
}

Step Story::document() const {
    const auto* made = world.replica.state().product(product);
    const bool has_sheet = !made || made->product_set != "stone";
    return own(domain::DocumentAdded{file, "form", "Phiếu đăng ký",
                                     has_sheet ? std::vector<std::string>{"1.1"} : std::vector<std::string>{}});
}

Step Story::photo(std::uint64_t bytes) {
    Step step = document();
    const auto root = [&] { return sha256(world.new_id().span()); };
    step.files = {{root(), bytes, "image/jpeg", "form"}, {root(), 9'000, domain::preview_type, domain::preview_role}};
    return step;
}

std::optional<domain::FileStored> Story::storing() const {
    const auto* made = world.replica.state().product(product);
    if (!made) return std::nullopt;
    for (const auto& [root, cited] : made->files) {
        if (cited.stored == no_position) return domain::FileStored{root, cited.size};
    }
    return std::nullopt;
}

void Story::store_files() {
    while (const auto next = storing()) world.log_by_server(product, *next);
}

Step Story::return_it() const {
    return by("secretary", domain::Returned{file, dossier().turn, stage().key, {{"form", "Thiếu chữ ký"}}});
}

Step Story::meeting_opening() {
    meeting = world.new_id();
    meeting_key = world.new_box_key();
    return registry("chair",
                    domain::MeetingOpened{
                        meeting, world.councils.at(desk()), world.today(), box_public_key(meeting_key), {}, {{product, file}}});
}

Step Story::sheet(const std::string& post, const Bytes& options) const {
    const domain::Sheet plain{meeting, product, file, world.officers.at(at_stage(post)).account, options};
    const Bytes sealed = world.seal_box(box_public_key(meeting_key), domain::encode(plain));
    return by(post, domain::SheetSubmitted{file, meeting, sealed});
}

Step Story::meeting_closing() const {
    std::vector<ActionId> sheets;
    const auto found = dossier().sheets.find(meeting);
    if (found != dossier().sheets.end()) {
        for (const auto& [author, sheet] : found->second) sheets.push_back(sheet.action);
    }
    return registry("chair", domain::MeetingClosed{meeting, meeting_key, sheets});
}

Step Story::tally() const {
    const auto& rules = *world.registry().rules(dossier().rule_set);
    const auto found = world.registry().meetings.find(meeting);
    std::vector<domain::OpenedSheet> sheets;
    if (found != world.registry().meetings.end()) {
        sheets = domain::open_sheets(world.registry(), state(), dossier(), found->second);
    }
    const auto grade = domain::grade_sheets(rules, *rules.product_set(state().product_set), sheets).value_or(domain::Grade{});
    return by("secretary", domain::Tallied{file,
                                           meeting,
                                           stage().key,
                                           domain::digest(dossier()),
                                           grade.sheets,
                                           {grade.sums.begin(), grade.sums.end()},
                                           grade.stars});
}

Step Story::paper(std::uint32_t percent) const {
    const auto& rules = *world.registry().rules(dossier().rule_set);
    domain::PaperTallied action{
        file, world.councils.at(desk()), stage().key, domain::digest(dossier()), "05/BB", {}, world.today(), 3, {}, 0};
    domain::PointsSum sum = 0;
    for (const auto& section : set().sections) {
        action.averages.push_back(section.points_max / 100 * percent);
        sum += action.averages.back();
    }
    for (const auto& band : rules.bands) {
        if (sum >= band.from) action.stars = band.stars;
    }
    return by("secretary", action);
}

Step Story::decision_signing() {
    decision = world.new_id();
    const domain::Number number = next("decision_" + desk());
    const domain::Number certificate = next("certificate_" + desk());
    return registry("signer", domain::DecisionSigned{decision,
                                                     domain::DecisionKind::recognition,
                                                     world.units.at(desk()),
                                                     stage().key,
                                                     number,
                                                     world.today(),
                                                     {{product, file, stars(), certificate, ""}},
                                                     {}});
}

Step Story::recognition() const {
    const auto found = world.registry().decisions.find(decision);
    const bool signed_already = found != world.registry().decisions.end() && !found->second.lines.empty();
    const domain::Number number = signed_already ? found->second.lines.front().certificate : domain::Number{};
    return by("signer", domain::Recognised{file, decision, domain::digest(dossier()), stars(), number, world.today()});
}

Step Story::forwarding() const {
    return by("secretary", domain::Forwarded{file, dossier().turn, stage().key, domain::digest(dossier()), world.today()});
}

Step Story::refusal() const {
    return by("signer", domain::Declined{file, stage().key, domain::digest(dossier()), world.today(), "Bổ sung phiếu"});
}

Step Story::result(std::uint8_t given) const {
    return by("secretary", domain::ResultEntered{file, stage().key, domain::digest(dossier()), "9/QĐ", world.today(), 9'500, given,
                                                 "TW-" + product.hex()});
}

Step Story::revocation_signing(const std::string& unit, const std::string& certificate) {
    decision = world.new_id();
    return {"signer_" + unit, registry_stream,
            domain::DecisionSigned{decision,
                                   domain::DecisionKind::revocation,
                                   world.units.at(unit),
                                   "district",
                                   next("decision_" + unit),
                                   world.today(),
                                   {{product, {}, 0, {}, certificate}},
                                   {}}};
}

Step Story::revocation(const std::string& unit, const std::string& certificate, const std::string& ground) const {
    return {"signer_" + unit, product, domain::CertificateRevoked{decision, certificate, ground, world.rules, world.today()}};
}

void Story::draft(const Bytes& options) {
    take(registration());
    take(opening());
    take(assessment(options));
    take(document());
    take(opinion());
}

void Story::submit() {
    draft();
    take(submission());
}

void Story::receive() {
    take(receipt());
    take(advice());
}

void Story::meet(const Bytes& options) {
    take(meeting_opening());
    for (const std::string post : {"chair", "secretary", "member"}) take(sheet(post, options));
    take(meeting_closing());
}

void Story::evaluate(const Bytes& options) {
    receive();
    meet(options);
    take(tally());
}

void Story::recognise() {
    take(decision_signing());
    take(recognition());
}

domain::Number Story::next(const std::string& called) const {
    domain::Number& number = world.numbers.at(called);
    return {number.block, number.value++};
}

}  // namespace hoso::tests

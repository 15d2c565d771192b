#pragma once

#include "shared/domain/tally.hpp"
#include "tests/support/world.hpp"

namespace hoso::tests {

// Who does what in which stream.
struct Step {
    std::string officer;
    StreamId stream;
    domain::Body body;
};

// One product of a commune and its dossier: every step as it should be, made from what the world holds now.
class Story {
public:
    Story(World& made_in, const std::string& commune_of)
        : world(made_in), commune(commune_of), product(made_in.new_id()), file(made_in.new_id()) {}
    // The same story in a copy of its world.
    Story(World& made_in, const Story& told)
        : world(made_in),
          commune(told.commune),
          product(told.product),
          file(told.file),
          meeting(told.meeting),
          meeting_key(told.meeting_key),
          decision(told.decision) {}

    World& world;
    std::string commune;
    StreamId product;
    DossierId file;
    std::string subject_name = "Hợp tác xã chè";
    Uuid meeting;
    BoxPrivateKey meeting_key;
    Uuid decision;

    const domain::Product& state() const { return *world.replica.state().product(product); }
    const domain::Dossier& dossier() const { return *state().dossier(file); }
    std::string officer() const { return "officer_" + commune; }
    const domain::Stage& stage() const { return world.registry().rules(dossier().rule_set)->stages[dossier().stage]; }
    const domain::ProductSet& set() const { return *world.registry().rules(dossier().rule_set)->product_set(state().product_set); }
    // The unit whose people act at the dossier's stage, as in "secretary_a".
    std::string desk() const { return stage().level == "district" ? commune.substr(0, 1) : "p"; }
    std::string at_stage(const std::string& post) const { return post + "_" + desk(); }

    // ---- steps -----------------------------------------------------------------------------------------------------
    Step registration(const std::string& set = "tea") const {
        return own(domain::ProductRegistered{world.units.at(commune), {}, "Trà xanh", set, "17-1-1"});
    }
    Step opening(domain::DossierKind kind = domain::DossierKind::first) const {
        return own(domain::DossierOpened{file, kind, world.rules, world.round, world.today(), subject_name, "cooperative", "1"});
    }
    Step assessment(const Bytes& options) const { return own(domain::SelfAssessed{file, options}); }
    Step document() const {
        const auto* made = world.replica.state().product(product);
        const bool has_sheet = !made || made->product_set != "stone";
        return own(domain::DocumentAdded{file, "form", "Phiếu đăng ký",
                                         has_sheet ? std::vector<std::string>{"1.1"} : std::vector<std::string>{}});
    }
    Step opinion(const Bytes& options = {2}) const { return own(domain::OpinionGiven{file, "commune", options, true, "Đúng"}); }
    Step note() const { return own(domain::NoteAdded{file, "Đã gọi chủ thể."}); }
    Step field(const std::string& value) const { return own(domain::FieldSet{file, "phone", value}); }
    Step submission() const { return own(domain::Submitted{file, dossier().turn, world.today()}); }
    Step withdrawal() const { return own(domain::Withdrawn{file, dossier().turn, "Chủ thể xin rút"}); }
    Step receipt() const { return by("secretary", domain::Received{file, dossier().turn, stage().key, world.today()}); }
    Step return_it() const {
        return by("secretary", domain::Returned{file, dossier().turn, stage().key, {{"form", "Thiếu chữ ký"}}});
    }
    Step advice() const { return by("adviser", domain::AdvisoryReported{file, stage().key, true, "Phù hợp"}); }
    Step meeting_opening() {
        meeting = world.new_id();
        meeting_key = world.new_box_key();
        return registry("chair",
                        domain::MeetingOpened{
                            meeting, world.councils.at(desk()), world.today(), box_public_key(meeting_key), {}, {{product, file}}});
    }
    Step sheet(const std::string& post, const Bytes& options) const {
        const domain::Sheet plain{meeting, product, file, world.officers.at(at_stage(post)).account, options};
        const Bytes sealed = world.seal_box(box_public_key(meeting_key), domain::encode(plain));
        return by(post, domain::SheetSubmitted{file, meeting, sealed});
    }
    Step meeting_closing() const {
        std::vector<ActionId> sheets;
        const auto found = dossier().sheets.find(meeting);
        if (found != dossier().sheets.end()) {
            for (const auto& [author, sheet] : found->second) sheets.push_back(sheet.action);
        }
        return registry("chair", domain::MeetingClosed{meeting, meeting_key, sheets});
    }
    Step tally() const {
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
    // What signed minutes say: so many percent of every section's points.
    Step paper(std::uint32_t percent) const {
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
    Step decision_signing() {
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
    Step recognition() const {
        const auto found = world.registry().decisions.find(decision);
        const bool signed_already = found != world.registry().decisions.end() && !found->second.lines.empty();
        const domain::Number number = signed_already ? found->second.lines.front().certificate : domain::Number{};
        return by("signer", domain::Recognised{file, decision, domain::digest(dossier()), stars(), number, world.today()});
    }
    Step forwarding() const {
        return by("secretary", domain::Forwarded{file, dossier().turn, stage().key, domain::digest(dossier()), world.today()});
    }
    Step refusal() const {
        return by("signer", domain::Declined{file, stage().key, domain::digest(dossier()), world.today(), "Bổ sung phiếu"});
    }
    Step result(std::uint8_t given) const {
        return by("secretary", domain::ResultEntered{file, stage().key, domain::digest(dossier()), "9/QĐ", world.today(), 9'500,
                                                     given, "TW-" + product.hex()});
    }
    Step revocation_signing(const std::string& unit, const std::string& certificate) {
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
    Step revocation(const std::string& unit, const std::string& certificate, const std::string& ground = "misuse") const {
        return {"signer_" + unit, product, domain::CertificateRevoked{decision, certificate, ground, world.rules, world.today()}};
    }

    // ---- further along, with no refusal on the way -------------------------------------------------------------------
    ActionId take(const Step& step) { return world.effective(step.officer, step.stream, step.body); }
    domain::Verdict try_it(const Step& step, const How& how = {}) { return world.act(step.officer, step.stream, step.body, how); }
    void draft(const Bytes& options = five_stars) {
        take(registration());
        take(opening());
        take(assessment(options));
        take(document());
        take(opinion());
    }
    void submit() {
        draft();
        take(submission());
    }
    void receive() {
        take(receipt());
        take(advice());
    }
    void meet(const Bytes& options) {
        take(meeting_opening());
        for (const std::string post : {"chair", "secretary", "member"}) take(sheet(post, options));
        take(meeting_closing());
    }
    void evaluate(const Bytes& options) {
        receive();
        meet(options);
        take(tally());
    }
    void recognise() {
        take(decision_signing());
        take(recognition());
    }

private:
    Step own(domain::Body body) const { return {officer(), product, std::move(body)}; }
    Step by(const std::string& post, domain::Body body) const { return {at_stage(post), product, std::move(body)}; }
    Step registry(const std::string& post, domain::Body body) const { return {at_stage(post), registry_stream, std::move(body)}; }
    domain::Number next(const std::string& called) const {
        domain::Number& number = world.numbers.at(called);
        return {number.block, number.value++};
    }
    std::uint8_t stars() const { return dossier().tally ? dossier().tally->stars : std::uint8_t{0}; }
};

}  // namespace hoso::tests

#pragma once

#include "tests/property/programme_moves.hpp"
#include "tests/property/registry_moves.hpp"

namespace hoso::tests {

// Where histories begin: a province with dossiers at all points of their way.
struct Beginning {
    Beginning() {
        world.hire("newcomer", world.units.at("a1"));
        for (const std::string commune : {"a1", "b1", "a1", "a2", "a1", "b1", "a1"}) {
            stories.push_back(std::make_unique<Story>(world, commune));
        }
        for (std::size_t i = 1; i < stories.size(); ++i) stories[i]->submit();
        for (std::size_t i = 2; i < stories.size(); ++i) stories[i]->receive();
        stories[3]->meet(three_stars);
        stories[4]->meet(three_stars);
        stories[4]->take(stories[4]->tally());
        stories[4]->recognise();
        for (const std::size_t i : {5, 6}) climb(*stories[i]);
        stories[6]->evaluate(five_stars);
        stories[6]->take(stories[6]->forwarding());
        on_paper();
        late_upgrade();
        for (const auto& story : {&stories[0], &stories[1]}) {
            const Step step = Programme{world}.form_block(**story);
            world.effective(step.officer, step.stream, step.body);
        }
    }
    World world{2};
    std::vector<std::unique_ptr<Story>> stories;

private:
    // A product whose sheet the regulation does not hold.
    void on_paper() {
        Story& story = *stories.emplace_back(std::make_unique<Story>(world, "b1"));
        story.take(story.registration("stone"));
        story.take(story.opening());
        story.take(story.document());
        story.take(story.opinion({}));
        story.take(story.submission());
        story.receive();
    }
    // Counted and ready to be recognised, while its regulation decides such dossiers for a few days more.
    void late_upgrade() {
        Story& story = *stories.emplace_back(std::make_unique<Story>(world, "b1"));
        story.submit();
        story.evaluate(three_stars);
        story.recognise();
        story.file = world.new_id();
        story.take(story.opening(domain::DossierKind::upgrade));
        story.take(story.assessment(three_stars));
        story.take(story.document());
        story.take(story.opinion());
        story.take(story.submission());
        story.evaluate(three_stars);
        story.take(story.decision_signing());
    }
    static void climb(Story& story) {
        story.meet(five_stars);
        story.take(story.tally());
        story.take(story.forwarding());
    }
};

// A random season: dossiers go their way, some people err, race, are late or act in another's place, and time passes.
class History {
public:
    History(const Beginning& beginning, std::uint64_t seed)
        : world(beginning.world), random_(seed), twist_(random_, world), registry_(random_, world), programme_(random_, world) {
        for (int i = 0; i < 3; ++i) {
            const auto& told = beginning.stories[random_.below(beginning.stories.size())];
            stories_.push_back(std::make_unique<Story>(world, *told));
            skill_[i] = random_.below(5);
        }
        if (seed % 20 == 0) abolish("b");
    }

    World world;

    void go_on() {
        const std::uint64_t dice = random_.below(100);
        const std::size_t which = random_.below(stories_.size());
        Story& story = *stories_[which];
        if (dice < 62) return advance(story, skill_[which]);
        if (dice < 68) return race(story, skill_[which]);
        if (dice < 78) return aside(story);
        if (dice < 83) return settle_held();
        if (dice < 88) return pass_time();
        if (dice < 94) return submit(programme_.next(story), random_.chance(20));
        submit(registry_.next());
    }

private:
    // A district is gone, and the province stands for it.
    void abolish(const std::string& district) {
        const domain::UnitClosed closed{
            world.units.at(district), world.today() - std::chrono::days{1}, {{world.units.at("p"), true}}};
        world.effective("founder_0", registry_stream, closed);
    }
    bool open(const Story& story) const {
        const auto* product = world.replica.state().product(story.product);
        return product && product->dossier(story.file);
    }
    // What opens the product or the dossier is held: people go on all the same.
    bool opening_waits(const Story& story) const {
        const auto* stream = world.replica.state().stream(story.product);
        return stream && std::any_of(stream->held.begin(), stream->held.end(), [&](const auto& entry) {
                   const domain::Body& body = entry.second.action.body;
                   const auto* opened = std::get_if<domain::DossierOpened>(&body);
                   return std::holds_alternative<domain::ProductRegistered>(body) || (opened && opened->dossier == story.file);
               });
    }
    Bytes options(std::uint64_t skill) {
        if (random_.chance(12)) return random_.chance(50) ? no_stars : five_stars;
        return skill < 2 ? three_stars : skill < 3 ? four_stars : skill < 4 ? five_stars : no_stars;
    }

    // ---- the right next step ---------------------------------------------------------------------------------------
    Step next(Story& story, std::uint64_t skill) {
        const bool waits = random_.chance(60) && opening_waits(story);
        if (!world.replica.state().product(story.product)) {
            return waits ? story.opening()
                         : story.registration(random_.chance(80)   ? "tea"
                                              : random_.chance(50) ? "stone"
                                                                   : "cloth");
        }
        if (!open(story)) return waits ? story.assessment(options(skill)) : story.opening(kind_for(story));
        switch (story.dossier().phase) {
            case domain::Phase::drafting:
            case domain::Phase::returned: return drafting(story, skill);
            case domain::Phase::submitted: {
                if (story.stage().does == domain::Does::external) return story.result(random_.chance(70) ? 5 : 0);
                return random_.chance(90) ? story.receipt() : story.return_it();
            }
            case domain::Phase::received: return evaluation(story, skill);
            case domain::Phase::tallied: return conclusion(story);
            case domain::Phase::recognised:
                if (story.dossier().way_on && random_.chance(70)) return story.forwarding();
                return afterwards(story);
            case domain::Phase::declined:
            case domain::Phase::withdrawn: return afterwards(story);
        }
        return story.note();
    }
    domain::DossierKind kind_for(const Story& story) {
        const auto* product = world.replica.state().product(story.product);
        return product->certificates.empty() ? domain::DossierKind::first : domain::DossierKind::re_evaluation;
    }
    Step drafting(Story& story, std::uint64_t skill) {
        const auto& dossier = story.dossier();
        const bool has_sheet = !story.set().criteria.empty();
        const auto opinion = [&] { return story.opinion(has_sheet ? Bytes{2} : Bytes{}); };
        if (has_sheet && dossier.self_assessment.empty())
            return story.assessment(random_.chance(90) ? options(skill) : Bytes{3, 3, 3, 255});
        if (random_.chance(15)) return story.submission();  // whatever is missing
        const bool opinion_first = random_.chance(50);
        if (opinion_first && dossier.opinions.empty()) return opinion();
        if (dossier.documents.empty()) return story.document();
        if (dossier.opinions.empty()) return opinion();
        const Bytes& own = dossier.self_assessment;
        if (std::find(own.begin(), own.end(), domain::not_answered) != own.end() && random_.chance(60)) {
            return story.assessment(options(skill));
        }
        return story.submission();
    }
    Step evaluation(Story& story, std::uint64_t skill) {
        const auto& dossier = story.dossier();
        if (!dossier.advice.contains(story.stage().key) && random_.chance(40)) return story.advice();
        const bool has_sheet = !story.set().criteria.empty();
        if (random_.chance(has_sheet ? 6 : 60)) return story.paper(static_cast<std::uint32_t>(40 + random_.below(61)));
        const auto meeting = world.registry().meetings.find(story.meeting);
        const bool called = meeting != world.registry().meetings.end() &&
                            world.registry().councils.at(meeting->second.council).stage == story.stage().key;
        if (!called) return story.meeting_opening();
        const auto sheets = dossier.sheets.find(story.meeting);
        const std::size_t count = sheets == dossier.sheets.end() ? 0 : sheets->second.size();
        if (meeting->second.closed) return random_.chance(92) ? story.tally() : story.meeting_opening();
        if (count >= 3 || random_.chance(4)) return random_.chance(90) ? story.meeting_closing() : story.tally();
        static const std::string posts[] = {"chair", "secretary", "member"};
        return story.sheet(posts[random_.chance(90) ? count % 3 : random_.below(3)], options(skill));
    }
    Step conclusion(Story& story) {
        if (random_.chance(5)) return story.refusal();
        const auto& decisions = world.registry().decisions;
        const auto found = decisions.find(story.decision);
        const bool decided = found != decisions.end() && found->second.lines.front().dossier == story.file &&
                             found->second.stage == story.stage().key;
        if (decided) return story.recognition();
        if (story.stage().decides_stars(story.dossier().tally->stars) || random_.chance(10)) return story.decision_signing();
        return random_.chance(60) ? story.forwarding() : story.refusal();
    }
    Step afterwards(Story& story) {
        const auto& certificates = story.state().certificates;
        const std::string unit = story.commune.substr(0, 1);
        if (!certificates.empty() && random_.chance(50)) {
            const std::string& text = certificates[random_.below(certificates.size())].text;
            const auto found = world.registry().decisions.find(story.decision);
            const bool decided =
                found != world.registry().decisions.end() && found->second.kind == domain::DecisionKind::revocation;
            if (!decided) return story.revocation_signing(unit, text);
            const std::string& listed = found->second.lines.front().certificate_text;
            return story.revocation(unit, listed, random_.chance(60) ? "misuse" : "not_re_evaluated");
        }
        if (random_.chance(60)) story.file = world.new_id();
        return story.opening(kind_for(story));
    }

    // ---- moves -----------------------------------------------------------------------------------------------------
    void submit(Step step, bool spoiled = false) {
        How how;
        how.files = step.files;
        if (spoiled && random_.chance(65)) {
            twist_.body(step.body);
        } else if (spoiled) {
            twist_.circumstances(step, how);
        } else if (random_.chance(step.officer == "newcomer" ? 60 : 4)) {
            how.seen_size = twist_.some_size(step.officer, 60);
        }
        const log::Event event = world.log(step.officer, step.stream, step.body, how);
        if (World::verdict(event).reason == domain::Reason::session_expired) world.sign_in(world.officers.at(step.officer));
    }
    void advance(Story& story, std::uint64_t skill) { submit(next(story, skill), random_.chance(25)); }
    // Two steps made on the same view.
    void race(Story& story, std::uint64_t skill) {
        const Step one = next(story, skill);
        const Step other = open(story) && random_.chance(60) ? story.withdrawal() : next(story, skill);
        submit(one);
        submit(other);
    }
    void aside(Story& story) {
        if (random_.chance(12)) return submit(legacy(story));
        if (random_.chance(8)) return submit(subject(story), random_.chance(30));
        if (!open(story)) return;
        switch (random_.below(6)) {
            case 0: return submit(story.note(), random_.chance(20));
            case 1: return submit(story.document(), random_.chance(50));
            case 2: return notes_of_one_push(story);
            case 3: return submit({random_.chance(50) ? story.officer() : "officer_a2", story.product, story.field("x").body});
            case 4: return submit(story.withdrawal(), random_.chance(70));
            case 5: return submit(renewal(story), random_.chance(30));
        }
    }
    Step legacy(const Story& story) {
        const std::string text = std::to_string(random_.below(3)) + "/2019";
        const Date old = *date_from_text("2019-10-31");
        const std::string by = "secretary_" + story.commune.substr(0, 1);
        return {by, story.product,
                domain::LegacyRecognised{"1/QĐ", old, text, 3, random_.chance(80) ? old : world.today(), "older"}};
    }
    Step subject(const Story& story) {
        const domain::SubjectRegistered body{world.units.at(story.commune), "Hợp tác xã", "cooperative", "1", {}, {}, {}};
        return {story.officer(), random_.chance(80) ? world.new_id() : twist_.some_stream(), body};
    }
    Step renewal(const Story& story) {
        const auto& certificates = story.state().certificates;
        const std::string text = certificates.empty() ? "none" : certificates[random_.below(certificates.size())].text;
        return {story.officer(), story.product, domain::RenewalAnswered{text, random_.chance(50), world.today()}};
    }
    void notes_of_one_push(const Story& story) {
        const Officer& officer = world.officers.at(story.officer());
        std::vector<log::SignedAction> made;
        for (std::uint64_t i = 0; i < 2 + random_.below(3); ++i) {
            made.push_back(world.make(officer, story.product, story.note().body, {}, made.size()));
        }
        CHECK(world.admit(officer.desk, world.seal(officer.desk, made)).has_value());
    }
    void settle_held() {
        for (const auto& [id, stream] : world.replica.state().streams) {
            if (stream.held.empty() || random_.chance(30)) continue;
            std::vector<ActionId> ids{random_.pick(stream.held).first};
            const std::string by = id == registry_stream ? "founder_1" : random_.chance(50) ? "signer_a" : "signer_p";
            const domain::Body body = random_.chance(75) ? domain::Body{domain::Adopted{ids, ""}} : domain::Annulled{ids, ""};
            return submit({by, id, body}, random_.chance(20));
        }
        submit({"signer_p", stories_.front()->product, domain::Annulled{{ActionId{}}, ""}});
    }
    void pass_time() {
        world.now += static_cast<Instant>(random_.below(5 * 24)) * 3'600'000'000;
        auto& [called, officer] = random_.pick(world.officers);
        const bool briefly = called != "founder_0" && random_.chance(30);  // founder_0 makes what other moves need
        world.sign_in(officer, briefly ? 3'600'000'000 : 400 * 86'400'000'000);
    }

    Random random_;
    Twist twist_;
    RegistryMoves registry_;
    ProgrammeMoves programme_;
    std::vector<std::unique_ptr<Story>> stories_;
    std::uint64_t skill_[3] = {};
};

}  // namespace hoso::tests

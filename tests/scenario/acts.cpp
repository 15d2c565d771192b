#include "tests/scenario/acts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "shared/domain/tally.hpp"
#include "tests/scenario/fill_sheet.hpp"

namespace hoso::tests {

using namespace domain;

const RuleSet& Scene::rules() const { return *world.registry().rules(rules_hash); }
const Product& Scene::product() const {
    const Product* found = seen.state().product(item.product);
    CHECK(found);
    return *found;
}
// A dossier that nobody here has seen yet reads as an empty one: the log then says so.
const Dossier& Scene::dossier() const {
    static const Dossier none;
    const Product* found = seen.state().product(item.product);
    const Dossier* dossier = found ? found->dossier(item.dossier) : nullptr;
    return dossier ? *dossier : none;
}
const ProductSet& Scene::set() const { return *rules().product_set(product().product_set); }
std::string Scene::stage() const { return rules().stages[dossier().stage].key; }
std::string Scene::unit() const { return officer.substr(officer.rfind('_') + 1); }

namespace {

using Acts = std::vector<Act>;

Points points_named(const Words& words, const std::string& unit) {
    const std::string said = before(words, unit);
    CHECK(!said.empty());
    return static_cast<Points>(std::lround(std::stod(said) * 100));
}
std::uint8_t stars_named(const Words& words) { return static_cast<std::uint8_t>(std::stoul(before(words, "stars"))); }

Number take_number(Scene& scene, const std::string& kind) {
    Number& next = scene.world.numbers.at(kind + "_" + scene.unit());
    return {next.block, next.value++};
}

Bytes sheet(const Scene& scene) {
    const Points points = points_named(scene.words, "points");
    return fill_sheet(scene.set(), points, has(scene.words, "stars") ? stars_named(scene.words) : band_of(scene.rules(), points));
}

Acts in_product(const Scene& scene, const Body& body) { return {{scene.item.product, body}}; }
Acts in_registry(const Body& body) { return {{registry_stream, body}}; }

Acts register_product(Scene& scene) {
    scene.item.subject = scene.world.new_id();
    scene.item.product = scene.world.new_id();
    const UnitId& unit = scene.world.units.at(scene.unit());
    return {{scene.item.subject, SubjectRegistered{unit, "Hợp tác xã minh họa", "cooperative", "1", {}, {}, {}}},
            {scene.item.product, ProductRegistered{unit, scene.item.subject, scene.words[1], after(scene.words, "as"), {}}}};
}

Acts open_dossier(Scene& scene) {
    const std::map<std::string, DossierKind> kinds = {
        {"first", DossierKind::first}, {"upgrade", DossierKind::upgrade}, {"re-evaluation", DossierKind::re_evaluation}};
    const DossierId opened = scene.world.new_id();
    if (!scene.product().open_dossier()) scene.item.dossier = opened;  // else it will be refused
    return in_product(scene, DossierOpened{opened, kinds.at(before(scene.words, "dossier")), scene.rules_hash, scene.world.round,
                                           scene.today(), "Hợp tác xã minh họa", "cooperative", "1"});
}

Acts assess(Scene& scene) { return in_product(scene, SelfAssessed{scene.item.dossier, sheet(scene)}); }

Acts give_opinion(Scene& scene) {
    const std::string stage = scene.rules().stages.front().key;
    Bytes options;
    const Bytes& own = scene.dossier().self_assessment;
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (scene.set().criteria[i].assessed_by == stage) options.push_back(own[i]);
    }
    return in_product(scene, OpinionGiven{scene.item.dossier, stage, options, true, ""});
}

Acts attach(Scene& scene) {
    if (scene.words[1] != "everything") return in_product(scene, DocumentAdded{scene.item.dossier, scene.words[1], "", {}});
    Acts acts;
    for (const Content& content : scene.rules().contents) {
        if (content.mandatory) acts.push_back({scene.item.product, DocumentAdded{scene.item.dossier, content.key, "", {}}});
    }
    return acts;
}

Acts note(Scene& scene) { return in_product(scene, NoteAdded{scene.item.dossier, "seen"}); }
Acts submit(Scene& scene) { return in_product(scene, Submitted{scene.item.dossier, scene.dossier().turn, scene.today()}); }
Acts withdraw(Scene& scene) { return in_product(scene, Withdrawn{scene.item.dossier, scene.dossier().turn, "asked for"}); }
Acts receive(Scene& scene) {
    return in_product(scene, Received{scene.item.dossier, scene.dossier().turn, scene.stage(), scene.today()});
}
Acts return_dossier(Scene& scene) {
    return in_product(scene,
                      Returned{scene.item.dossier, scene.dossier().turn, scene.stage(), {{after(scene.words, "for"), "missing"}}});
}
Acts report(Scene& scene) { return in_product(scene, AdvisoryReported{scene.item.dossier, scene.stage(), true, "visited"}); }

Acts convene(Scene& scene) {
    scene.item.meeting = scene.world.new_id();
    scene.item.meeting_key = scene.world.new_box_key();
    return in_registry(MeetingOpened{scene.item.meeting,
                                     scene.world.councils.at(scene.unit()),
                                     scene.today(),
                                     box_public_key(scene.item.meeting_key),
                                     {},
                                     {{scene.item.product, scene.item.dossier}}});
}

Acts score(Scene& scene) {
    const Sheet filled{scene.item.meeting, scene.item.product, scene.item.dossier, scene.account(), sheet(scene)};
    const Bytes sealed = scene.world.seal_box(box_public_key(scene.item.meeting_key), encode(filled));
    return in_product(scene, SheetSubmitted{scene.item.dossier, scene.item.meeting, sealed});
}

Acts close_meeting(Scene& scene) {
    MeetingClosed action{scene.item.meeting, scene.item.meeting_key, {}};
    const auto sheets = scene.dossier().sheets.find(scene.item.meeting);
    if (sheets != scene.dossier().sheets.end()) {
        for (const auto& [author, sealed] : sheets->second) action.sheets.push_back(sealed.action);
    }
    return in_registry(action);
}

Acts count(Scene& scene) {
    Tallied action{scene.item.dossier, scene.item.meeting, scene.stage(), digest(scene.dossier()), 0, {}, 0};
    const Meeting& meeting = scene.seen.state().registry.meetings.at(scene.item.meeting);
    const auto sheets = open_sheets(scene.seen.state().registry, scene.product(), scene.dossier(), meeting);
    if (const auto grade = grade_sheets(scene.rules(), scene.set(), sheets)) {
        action.sheets = grade->sheets;
        action.sums.assign(grade->sums.begin(), grade->sums.end());
        action.stars = grade->stars;
    }
    return in_product(scene, action);
}

// "type minutes 05/BB with 69.5 points of tea": the sections are full from the first on, as far as the points go.
Acts type_minutes(Scene& scene) {
    Points left = points_named(scene.words, "points");
    const std::uint8_t stars = has(scene.words, "stars") ? stars_named(scene.words) : band_of(scene.rules(), left);
    PaperTallied action{scene.item.dossier,
                        scene.world.councils.at(scene.unit()),
                        scene.stage(),
                        digest(scene.dossier()),
                        after(scene.words, "minutes"),
                        {},
                        scene.today(),
                        3,
                        {},
                        stars};
    for (const Section& section : scene.set().sections) {
        action.averages.push_back(std::min(left, section.points_max));
        left -= action.averages.back();
    }
    return in_product(scene, action);
}

// "sign recognition of tea", "sign revocation of tea": a decision with one line.
Acts sign(Scene& scene) {
    const bool revokes = has(scene.words, "revocation");
    scene.item.decision = scene.world.new_id();
    // A revocation is of the officer's own stage: there may be no dossier.
    const Registry& registry = scene.world.registry();
    const std::string& level = registry.units.at(scene.world.units.at(scene.unit())).level;
    const auto& stages = scene.rules().stages;
    const auto own = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) { return stage.level == level; });
    const std::string stage = revokes && own != stages.end() ? own->key : stages[scene.dossier().stage].key;
    DecisionSigned action{scene.item.decision,
                          revokes ? DecisionKind::revocation : DecisionKind::recognition,
                          scene.world.units.at(scene.unit()),
                          stage,
                          take_number(scene, "decision"),
                          scene.today(),
                          {},
                          {}};
    if (revokes) {
        action.lines = {{scene.item.product, {}, 0, {}, scene.product().certificates.back().text}};
    } else {
        const std::uint8_t stars = scene.dossier().tally ? scene.dossier().tally->stars : std::uint8_t{0};
        action.lines = {{scene.item.product, scene.item.dossier, stars, take_number(scene, "certificate"), ""}};
    }
    return in_registry(action);
}

Acts recognise(Scene& scene) {
    const auto decision = scene.seen.state().registry.decisions.find(scene.item.decision);
    const bool known = decision != scene.seen.state().registry.decisions.end();
    const DecisionLine line = known ? decision->second.lines.front() : DecisionLine{};
    return in_product(scene, Recognised{scene.item.dossier, scene.item.decision, digest(scene.dossier()), line.stars,
                                        line.certificate, scene.today()});
}

Acts forward(Scene& scene) {
    return in_product(scene,
                      Forwarded{scene.item.dossier, scene.dossier().turn, scene.stage(), digest(scene.dossier()), scene.today()});
}
Acts decline(Scene& scene) {
    return in_product(scene, Declined{scene.item.dossier, scene.stage(), digest(scene.dossier()), scene.today(), "try again"});
}
Acts enter(Scene& scene) {
    return in_product(
        scene, ResultEntered{scene.item.dossier, scene.stage(), digest(scene.dossier()), "9/QĐ", scene.today(),
                             points_named(scene.words, "points"), stars_named(scene.words), after(scene.words, "certificate")});
}

Acts record_certificate(Scene& scene) {
    const Date issued = *date_from_text(after(scene.words, "issued"));
    return in_product(scene, LegacyRecognised{"2365/QĐ-UBND", issued, after(scene.words, "certificate"), stars_named(scene.words),
                                              issued, "ocop-1048-2019"});
}
Acts answer(Scene& scene) {
    return in_product(scene, RenewalAnswered{scene.product().certificates.back().text, !has(scene.words, "not"), scene.today()});
}
// Under the regulation of the day, whatever the product was recognised under.
Acts revoke(Scene& scene) {
    return in_product(scene, CertificateRevoked{scene.item.decision, scene.product().certificates.back().text,
                                                after(scene.words, "for"), scene.world.registry().newest_rule_set, scene.today()});
}

}  // namespace

std::vector<Act> acts_of(Scene& scene) {
    const std::map<std::string, Acts (*)(Scene&)> verbs = {
        {"register", register_product},
        {"open", open_dossier},
        {"assess", assess},
        {"give", give_opinion},
        {"attach", attach},
        {"note", note},
        {"submit", submit},
        {"withdraw", withdraw},
        {"receive", receive},
        {"return", return_dossier},
        {"report", report},
        {"convene", convene},
        {"score", score},
        {"close", close_meeting},
        {"count", count},
        {"type", type_minutes},
        {"sign", sign},
        {"recognise", recognise},
        {"forward", forward},
        {"decline", decline},
        {"enter", enter},
        {"record", record_certificate},
        {"answer", answer},
        {"revoke", revoke},
    };
    const auto verb = verbs.find(scene.words.front());
    return verb == verbs.end() ? programme_acts_of(scene) : verb->second(scene);
}

}  // namespace hoso::tests

#include "tests/scenario/acts.hpp"

namespace hoso::tests {

using namespace domain;

namespace {

using Acts = std::vector<Act>;

Acts in_product(const Scene& scene, const Body& body) { return {{scene.item.product, body}}; }
Acts in_registry(const Body& body) { return {{registry_stream, body}}; }

std::string certificate(const Scene& scene) {
    const auto& certificates = scene.product().certificates;
    return certificates.empty() ? std::string{} : certificates.back().text;
}

// The words behind a word, up to the end.
std::string rest(const Words& words, const std::string& word) {
    std::string text;
    for (auto at = std::find(words.begin(), words.end(), word); at != words.end() && ++at != words.end();)
        text += (text.empty() ? "" : " ") + *at;
    return text;
}

// "review idea of tea: approved", "review idea of tea, declined for too_small".
Acts review(Scene& scene) {
    const std::string reason = after(scene.words, "for");
    const std::vector<std::string> reasons = reason.empty() ? std::vector<std::string>{} : std::vector<std::string>{reason};
    return in_product(scene, IdeaReviewed{has(scene.words, "approved"), scene.rules_hash, reasons, "", scene.today()});
}

// "list tea rice honey as registered in 332": one dispatch with one list.
Acts list(Scene& scene) {
    const std::map<std::string, NoticeListKind> kinds = {
        {"registered", NoticeListKind::registered}, {"continuing", NoticeListKind::continues}, {"lapsing", NoticeListKind::lapses}};
    NoticeIssued action{scene.world.new_id(),
                        scene.world.units.at(scene.unit()),
                        scene.world.round,
                        after(scene.words, "in"),
                        scene.today(),
                        "Danh sách sản phẩm",
                        {{"province", *date_from_text("2023-12-15"), ""}},
                        {{kinds.at(after(scene.words, "as")), {}}},
                        {}};
    for (const std::string& word : scene.words) {
        const auto item = scene.items.find(word);
        if (item == scene.items.end()) continue;
        const auto& certificates = scene.seen.state().product(item->second.product)->certificates;
        action.lists.front().lines.push_back(
            {item->second.product, certificates.empty() ? std::string{} : certificates.front().text});
    }
    return in_registry(action);
}

Acts take_samples(Scene& scene) {
    const auto count = static_cast<std::uint16_t>(std::stoul(before(scene.words, "samples")));
    return in_product(scene, SamplesReceived{scene.item.dossier, scene.stage(), count, scene.today(), ""});
}

Acts step_back(Scene& scene) {
    return in_product(scene, Recused{scene.item.dossier, scene.world.councils.at(scene.unit()), scene.account(), "family"});
}

Acts file_minutes(Scene& scene) {
    return in_registry(MinutesFiled{scene.item.meeting, after(scene.words, "minutes"), scene.today(), "agreed", {}});
}

Acts publish(Scene& scene) {
    return in_registry(ResultsPublished{scene.world.units.at(scene.unit()), scene.item.decision, scene.today(), "portal"});
}

Acts send(Scene& scene) {
    return in_registry(PackageSent{scene.world.new_id(),
                                   scene.world.units.at(scene.unit()),
                                   scene.stage(),
                                   after(scene.words, "letter"),
                                   scene.today(),
                                   "the next stage",
                                   {{scene.item.product, scene.item.dossier}},
                                   {}});
}

Acts notify(Scene& scene) { return in_product(scene, ExpiryNotified{certificate(scene), "77", scene.today()}); }

// "inspect tea and keep it", "inspect tea and revoke it for misuse_of_mark".
Acts inspect(Scene& scene) {
    const std::string ground = after(scene.words, "for");
    const auto outcome = ground.empty() ? InspectionOutcome::kept : InspectionOutcome::revoke;
    return in_product(scene, Inspected{scene.world.new_id(), InspectionKind::periodic, outcome, certificate(scene),
                                       scene.rules_hash, ground, scene.today(), "visited"});
}

Acts serve(Scene& scene) { return in_product(scene, RevocationServed{certificate(scene), {"subject", "agencies"}, scene.today()}); }

Acts complain(Scene& scene) {
    return in_product(scene, ComplaintFiled{scene.world.new_id(), scene.today(), {}, rest(scene.words, "that")});
}

Acts settle(Scene& scene) {
    const auto& complaints = scene.product().care.complaints;
    const Uuid id = complaints.empty() ? Uuid{} : complaints.back().filed.complaint;
    return in_product(scene, ComplaintResolved{id, !has(scene.words, "not"), "12", scene.today(), "answered"});
}

Acts correct(Scene& scene) {
    return in_product(scene,
                      Corrected{{}, "name", scene.product().name, after(scene.words, "to"), "15", scene.today(), "misspelt"});
}

Acts code(Scene& scene) { return in_product(scene, ProductCoded{after(scene.words, "as"), scene.today()}); }

}  // namespace

std::vector<Act> programme_acts_of(Scene& scene) {
    const std::map<std::string, Acts (*)(Scene&)> verbs = {
        {"review", review},     {"list", list},     {"take", take_samples}, {"step", step_back},  {"file", file_minutes},
        {"publish", publish},   {"send", send},     {"notify", notify},     {"inspect", inspect}, {"serve", serve},
        {"complain", complain}, {"settle", settle}, {"correct", correct},   {"code", code},
    };
    const auto verb = verbs.find(scene.words.front());
    return verb == verbs.end() ? Acts{} : verb->second(scene);
}

}  // namespace hoso::tests

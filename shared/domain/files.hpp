#pragma once

#include <span>

#include "shared/domain/product.hpp"
#include "shared/domain/refusal.hpp"

// The files of a dossier: cited by its documents, whole at the province once that says so (docs/log_format.md, "Files").
namespace hoso::domain {

inline constexpr std::uint64_t file_bytes_max = 4ull << 30;
inline constexpr std::size_t document_files_max = 100;  // references of one document, previews included
inline constexpr std::uint64_t preview_bytes_max = 30 * 1024;
inline constexpr const char* preview_role = "preview";
inline constexpr const char* preview_type = "image/jpeg";

// As a document with this key may cite them: each with the key as its role, perhaps followed by its preview. A root has one size.
std::optional<Refusal> refuse_files(const FileRules& rules, const Product& product, std::string_view document,
                                    std::span<const FileReference> files);
// What references that hold add to a product: cited there, and listed by their document.
std::vector<DocumentFile> cite(Product& product, std::span<const FileReference> files);

struct MissingFile {
    const Document* document = nullptr;
    const DocumentFile* file = nullptr;
    bool preview = false;  // it is the preview that the province lacks
};
// What the dossier cites and the province does not hold whole, in the order of its documents, each root once.
std::vector<MissingFile> missing_files(const Product& product, const Dossier& dossier);

}  // namespace hoso::domain

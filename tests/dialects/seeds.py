"""The examples that the five seed documents print, word for word in everything that is read."""

EXAMPLE = "https://ark-project.tos-cn-beijing.volces.com/doc_image/"
SEEDREAM_5 = {"model": "doubao-seedream-5-0-260128", "size": "2K", "output_format": "png", "watermark": False}

GATEWAY = {
    "text to image": {**SEEDREAM_5, "prompt": "充满活力的特写编辑肖像", "response_format": "url"},
    "image to image": {**SEEDREAM_5, "prompt": "保持模特姿势", "image": EXAMPLE + "seedream4_5_imageToimage.png"},
    "several references": {
        **SEEDREAM_5,
        "prompt": "将图1的服装换为图2的服装",
        "image": [EXAMPLE + "seedream4_imagesToimage_1.png", EXAMPLE + "seedream4_5_imagesToimage_2.png"],
        "sequential_image_generation": "disabled",
    },
    "a group": {
        **SEEDREAM_5,
        "prompt": "生成3张女孩和奶牛玩偶在游乐园开心地坐过山车的图片,涵盖早晨、中午、晚上",
        "image": [EXAMPLE + "seedream4_imagesToimages_1.png", EXAMPLE + "seedream4_imagesToimages_2.png"],
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 3},
    },
    "3.0": {
        "model": "doubao-seedream-3-0-t2i-250415",
        "prompt": "鱼眼镜头,一只猫咪的头部",
        "response_format": "url",
        "size": "1024x1024",
        "seed": 12,
        "guidance_scale": 2.5,
        "watermark": True,
    },
    "seededit": {
        "model": "doubao-seededit-3-0-i2i-250628",
        "prompt": "改成爱心形状的泡泡",
        "image": EXAMPLE + "seededit_i2i.jpeg",
        "response_format": "url",
        "size": "adaptive",
        "seed": 21,
        "guidance_scale": 5.5,
        "watermark": True,
    },
}
SAFE = {"filtered": False, "severity": "safe"}
GATEWAY_ANSWER = {
    "created": 1749819664,
    "data": [
        {
            "content_filter_results": {"hate": SAFE, "self_harm": SAFE, "sexual": SAFE, "violence": SAFE},
            "prompt_filter_results": {"hate": SAFE, "profanity": {"detected": False, "filtered": False}, "sexual": SAFE},
            "revised_prompt": "A young, adorable sea otter floating in the ocean",
            "url": "https://dalleproduse.blob.core.windows.net/private/images/generated_00.png?se=2025-06-14T13%3A01%3A13Z&sig=9pLM1cLo1Af6FK%2B0%3D",
        }
    ],
}
ANYFAST = {
    "model": "doubao-seedream-5-0-260128",
    "prompt": "生成女孩和奶牛玩偶在游乐园开心地坐过山车的图片",
    "image": ["https://example.com/ref1.png", "https://example.com/ref2.png"],
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
    "size": "2048x2048",
    "watermark": False,
    "seed": 7,
    "logo_info": {"add_logo": True, "position": 1, "language": 0, "opacity": 0.5},
}
ANYFAST_ANSWER = {
    "model": "doubao-seedream-5-0-260128",
    "created": 1775029815,
    "data": [{"url": "https://ark-content-generation-v2-cn-beijing.example.com/image.png", "size": "2048x2048"}],
    "usage": {"generated_images": 1, "output_tokens": 16384, "total_tokens": 16384},
}
APIMART = {
    "model": "doubao-seedream-5-0-lite",
    "prompt": "一只在花园里玩耍的金毛犬，阳光明媚，高清摄影风格",
    "size": "16:9",
    "resolution": "2K",
    "n": 1,
}
APIMART_ANSWER = {"code": 200, "data": [{"status": "submitted", "task_id": "task_01K8SGYNNNVBQTXNR4MM964S7K"}]}
TENSORSLAB_ANSWER = {"code": 1000, "msg": "Task created successfully", "data": {"taskid": "abcd_1234567890abcdef"}}

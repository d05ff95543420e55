"""Prints the losses that trialPrograms.ts expects: python trialPrograms.reference.py (needs numpy and torch)."""
import numpy as np
import torch
import torch.nn.functional as F


def numbers(shape, seed):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = ((i * 7919 + seed * 104729) % 1009 / 1009 - 0.5).astype(np.float32)
    return torch.tensor(values.reshape(shape), dtype=torch.float64)


def print_losses(name, optimizer, loss_of):
    print(name)
    for _ in range(3):
        loss = loss_of()
        print(f"  {loss.item():.7f}")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def clustering():
    channels, height, width = 24, 64, 96
    filters = [numbers((channels, 3, 3, 3), 1).requires_grad_(), numbers((channels, channels, 1, 1), 2).requires_grad_()]
    ones, zeros = (lambda: torch.ones(channels, dtype=torch.float64)), (lambda: torch.zeros(channels, dtype=torch.float64))
    affine = [(ones().requires_grad_(), zeros().requires_grad_()) for _ in filters]
    x = numbers((1, 3, height, width), 3)

    def loss_of():
        hidden = F.batch_norm(F.relu(F.conv2d(x, filters[0], padding=1)), None, None, *affine[0], training=True)
        response = F.batch_norm(F.conv2d(hidden, filters[1]), None, None, *affine[1], training=True)
        down = (response[:, :, 1:] - response[:, :, :-1]).abs().mean()
        across = (response[..., 1:] - response[..., :-1]).abs().mean()
        return F.cross_entropy(response, response.argmax(1)) + down + across

    weights = [*filters, *(part for pair in affine for part in pair)]
    print_losses("clustering", torch.optim.SGD(weights, lr=0.1, momentum=0.9), loss_of)


def network():
    batch, channels, classes, height, width = 2, 16, 5, 32, 48
    shapes = [(channels, 3, 3, 3), (channels,), (channels, 1, 3, 3), (channels, channels, 3, 3), (channels, classes, 2, 2)]
    weights = [numbers(shape, seed + 1).requires_grad_() for seed, shape in enumerate(shapes)]
    stem, bias, single, dilated, enlarging = weights
    x = numbers((batch, 3, height, width), 6)
    labels = (torch.arange(batch * height * width) // 7 % classes).reshape(batch, height, width)

    def loss_of():
        halved = F.relu(F.conv2d(x, stem, bias, stride=2, padding=1))
        bounded = F.conv2d(halved, single, padding=1, groups=channels).clamp(0, 6)
        wide = F.conv2d(F.max_pool2d(bounded, 2), dilated, padding=2, dilation=2)
        size = (height // 2, width // 2)
        joined = F.interpolate(wide, size, mode="bilinear", align_corners=False) + bounded
        return F.cross_entropy(F.conv_transpose2d(joined, enlarging, stride=2), labels)

    print_losses("network", torch.optim.AdamW(weights, lr=0.01, weight_decay=0.01), loss_of)


clustering()
network()
